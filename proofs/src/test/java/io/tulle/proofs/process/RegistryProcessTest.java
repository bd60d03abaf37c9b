package io.tulle.proofs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryProcessTest {
    @TempDir
    private Path folder;

    @Test
    void whatDoesNotBecomeReadyIsNotLeftRunning() throws IOException {
        Path pid = folder.resolve("pid");

        assertThatThrownBy(() ->
                        RegistryProcess.start(List.of(), Unready.class, List.of(pid.toString()), folder.resolve("log")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the registry said 'something else' (expected: that it is ready)");

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid))).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aPortIsFreeAndBelowThoseThatSystemsGiveAway() throws IOException {
        int port = FreePort.find();

        try (ServerSocket taken = new ServerSocket(port)) {
            assertThat(taken.getLocalPort()).isBetween(20_000, 29_999);
            assertThat(FreePort.find()).isNotEqualTo(port);
        }
    }

    /** Says something else than a registry does, and stays. */
    static final class Unready {
        private Unready() {}

        public static void main(String[] arguments) throws IOException {
            Files.writeString(
                    Path.of(arguments[0]), Long.toString(ProcessHandle.current().pid()));
            System.out.println("something else");
            System.out.flush();
            int unused = System.in.read();
        }
    }
}
