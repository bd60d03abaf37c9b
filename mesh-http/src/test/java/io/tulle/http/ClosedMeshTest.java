package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is called when the mesh is closed has its deadline all the same. */
@Timeout(30)
class ClosedMeshTest {
    private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final TestMesh mesh = new TestMesh().catalogAt(silent.getLocalPort());

    ClosedMeshTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        mesh.close();
        silent.close();
    }

    private Call call() {
        return mesh.call(new Request.Builder()
                .url("http://catalog/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(500)))
                .build());
    }

    @Test
    void aCallThatComesLaterEndsAtItsDeadline() {
        mesh.mesh.close();

        assertThatThrownBy(() -> call().execute())
                .asInstanceOf(InstanceOfAssertFactories.type(MeshIOException.class))
                .extracting(MeshIOException::verdict)
                .isEqualTo(Verdict.DEADLINE_EXCEEDED);
    }

    @Test
    void aCallThatIsOutEndsAtItsDeadline() throws Exception {
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try {
                call().execute().close();
                return new AssertionError("an answer");
            } catch (IOException e) {
                return e;
            }
        });
        silent.accept(); // it is out
        mesh.mesh.close();

        assertThat(failure.get(20, TimeUnit.SECONDS))
                .asInstanceOf(InstanceOfAssertFactories.type(MeshIOException.class))
                .extracting(MeshIOException::verdict)
                .isEqualTo(Verdict.DEADLINE_EXCEEDED);
    }
}
