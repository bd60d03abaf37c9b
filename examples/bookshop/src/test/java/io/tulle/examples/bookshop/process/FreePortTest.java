package io.tulle.examples.bookshop.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void passesOverAPortThatIsTaken() throws IOException {
        int first = FreePort.find();
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.find()).isBetween(20_000, 29_999).isNotEqualTo(taken.getLocalPort());
        }
    }
}
