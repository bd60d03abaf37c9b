package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ManualClock;
import java.net.Socket;
import java.time.Duration;
import okhttp3.Connection;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Route;
import org.junit.jupiter.api.Test;

class EndpointClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock(3);
    private final EndpointClient client = new EndpointClient(new OkHttpClient());
    private final Connection connection = new Fake(Protocol.H2_PRIOR_KNOWLEDGE);

    private void unanswered(Connection by) {
        long sent = clock.nanos();
        clock.advance(SHORT);
        client.unanswered(by, sent);
    }

    @Test
    void isSilentAfterASecondWithoutAnAnswer() {
        for (int i = 0; i < 3; i++) {
            assertThat(client.silent(clock)).isFalse();
            unanswered(connection);
        }
        assertThat(client.silent(clock)).isFalse();
        unanswered(connection);
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void anAnswerOnTheSameConnectionIsASignOfLife() {
        for (int i = 0; i < 10; i++) {
            unanswered(connection);
            client.answered(connection);
            assertThat(client.silent(clock)).isFalse();
        }
    }

    @Test
    void anAnswerOnAnotherConnectionIsNone() {
        unanswered(connection);
        client.answered(new Fake(Protocol.H2_PRIOR_KNOWLEDGE));
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void aConnectionOfHttp1GoesWithItsAttempt() {
        unanswered(new Fake(Protocol.HTTP_1_1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.silent(clock)).isFalse();
    }

    private static final class Fake implements Connection {
        private final Protocol protocol;

        Fake(Protocol protocol) {
            this.protocol = protocol;
        }

        @Override
        public Protocol protocol() {
            return protocol;
        }

        @Override
        public Route route() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket socket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Handshake handshake() {
            return null;
        }
    }
}
