package io.tulle.proofs.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault does to a connection what its name says. */
class FaultProxyTest {
    private static final byte[] SAID = "0123456789".repeat(20).getBytes(StandardCharsets.US_ASCII);

    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ProxiedConnection.daemon("test-server", this::serve);
        proxy = FaultProxy.to(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void withoutFaultEverythingArrives() throws IOException {
        assertThat(ask(SAID.length)).isEqualTo(SAID);
    }

    @Test
    void halfOpenIsSilence() throws IOException {
        proxy.fault(Fault.HALF_OPEN);
        assertThatThrownBy(() -> ask(1)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void resetIsSeenAsReset() {
        proxy.fault(Fault.RESET);
        assertThatThrownBy(() -> ask(1)).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    @Test
    void duplicateSaysEverythingTwice() throws IOException {
        proxy.fault(Fault.DUPLICATE);
        byte[] heard = ask(2 * SAID.length);
        assertThat(heard).startsWith(SAID).endsWith(SAID).hasSize(2 * SAID.length);
    }

    @Test
    void truncateEndsInTheMiddle() throws IOException {
        proxy.fault(Fault.truncate(50));
        assertThat(ask(SAID.length)).hasSize(50);
    }

    @Test
    void corruptChangesSomeBytesAndNoLength() throws IOException {
        proxy.fault(Fault.corrupt(10, 1));
        assertThat(ask(SAID.length)).hasSize(SAID.length).isNotEqualTo(SAID);
    }

    @Test
    void slowDripComesByteByByte() throws IOException {
        proxy.fault(Fault.slowDrip(Duration.ofMillis(20)));
        try (Socket client = connect()) {
            InputStream in = client.getInputStream();
            assertThat(in.read(new byte[SAID.length])).isEqualTo(1);
            assertThat(in.read()).isEqualTo(SAID[1]);
        }
    }

    @Test
    void delayHoldsTheAnswerBack() throws IOException {
        proxy.fault(Fault.delay(Duration.ofSeconds(5)));
        assertThatThrownBy(() -> ask(1)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void whoIsDownRefusesAndComesBackOnTheSamePort() throws IOException {
        proxy.down();
        assertThatThrownBy(() -> ask(1)).isInstanceOf(IOException.class);
        proxy.up();
        assertThat(ask(SAID.length)).isEqualTo(SAID);
    }

    @Test
    void goingDownResetsWhatIsOpen() throws IOException {
        try (Socket client = connect()) {
            assertThat(client.getInputStream().readNBytes(SAID.length)).isEqualTo(SAID);
            proxy.down();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    private byte[] ask(int bytes) throws IOException {
        try (Socket client = connect()) {
            return client.getInputStream().readNBytes(bytes);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
        client.setSoTimeout(500);
        client.getOutputStream().write('?');
        return client;
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                if (client.getInputStream().read() == '?') { // a connection may also end before it asks
                    client.getOutputStream().write(SAID);
                }
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }
}
