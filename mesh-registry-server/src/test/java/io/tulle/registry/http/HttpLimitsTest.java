package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {
    private static final String REQUEST = "GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void leavesDescriptorsForFiles() {
        assertThat(HttpLimits.DEFAULT.connectionsWithin(1024)).isEqualTo(524);
        assertThat(HttpLimits.DEFAULT.connectionsWithin(100)).isEqualTo(1);
        assertThat(HttpLimits.DEFAULT.connectionsWithin(Long.MAX_VALUE)).isEqualTo(18_000);
    }

    @Test
    void letsConnectionsWaitUntilOthersAreClosed() throws IOException {
        HttpLimits two = new HttpLimits(1024, 1024, 2, Duration.ofMinutes(1));
        try (HttpShell shell = HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry(), two);
                Socket first = connect(shell);
                Socket second = connect(shell)) {
            assertThat(answer(first)).startsWith("HTTP/1.1 200");
            assertThat(answer(second)).startsWith("HTTP/1.1 200");

            try (Socket third = connect(shell)) {
                third.setSoTimeout(200);
                assertThat(answer(third)).isEmpty();
                first.shutdownOutput();
                third.setSoTimeout(10_000);
                assertThat(read(third)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void closesConnectionsThatAreSilent() throws IOException {
        HttpLimits impatient = new HttpLimits(1024, 1024, 10, Duration.ofMillis(200));
        try (HttpShell shell = HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry(), impatient);
                Socket silent = connect(shell)) {
            silent.setSoTimeout(10_000);

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void leavesStreamsAlone() throws IOException {
        HttpLimits impatient = new HttpLimits(1024, 1024, 10, Duration.ofMillis(200));
        CompletableFuture<ServletOutputStream> stream = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        try (HttpShell shell = HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry(), impatient)) {
            shell.serve(config -> config.routes.get("/api/v1/watch", context -> {
                stream.complete(context.res().getOutputStream());
                context.future(() -> end);
            }));
            try (Socket socket = connect(shell)) {
                socket.setSoTimeout(700); // several times the time after which a silent connection is closed
                socket.getOutputStream()
                        .write("GET /api/v1/watch HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(read(socket)).isEmpty(); // silent, and still open

                stream.join().write("line\n".getBytes(StandardCharsets.US_ASCII));
                stream.join().flush();
                assertThat(read(socket)).startsWith("HTTP/1.1 200").contains("line\n");

                end.complete(null);
                assertThat(read(socket)).endsWith("0\r\n\r\n");
                socket.setSoTimeout(10_000);
                assertThat(socket.getInputStream().read()).isEqualTo(-1); // an ordinary connection again
            }
        }
    }

    private static Socket connect(HttpShell shell) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), shell.port());
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return read(socket);
    }

    private static String read(Socket socket) throws IOException {
        byte[] bytes = new byte[1024];
        try {
            int read = socket.getInputStream().read(bytes);
            assertThat(read).as("bytes before the end of the stream").isPositive();
            return new String(bytes, 0, read, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }
}
