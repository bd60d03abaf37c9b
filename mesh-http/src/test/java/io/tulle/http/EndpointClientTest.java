package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.junit.jupiter.api.Test;

class EndpointClientTest {
    private static final OkHttpClient OKHTTP = new OkHttpClient();
    private static final Request REQUEST =
            new Request.Builder().url("http://catalog/").build();
    private static final Response RESPONSE = new Response.Builder()
            .request(REQUEST)
            .protocol(Protocol.HTTP_2)
            .code(200)
            .message("")
            .build();
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock(3);
    private final EndpointClient client = new EndpointClient(OKHTTP, null);
    private final Fake connection = new Fake(Protocol.H2_PRIOR_KNOWLEDGE);
    private final Fake other = new Fake(Protocol.H2_PRIOR_KNOWLEDGE);

    private Sent send(Connection on) {
        Sent attempt = new Sent();
        attempt.begin(on);
        return attempt;
    }

    private void unanswered(Connection on) {
        Sent attempt = send(on);
        clock.advance(SHORT);
        attempt.timeOut();
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
    void isSilentAtOnceWhenTheAttemptHadLonger() {
        send(connection).answered();
        Sent attempt = send(connection);
        clock.advance(SECOND);
        attempt.timeOut();
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void anAnswerAfterGivingUpIsASignOfLife() {
        for (int i = 0; i < 10; i++) {
            unanswered(connection);
            send(connection).answered();
            assertThat(client.silent(clock)).isFalse();
        }
    }

    @Test
    void anAnswerBetweenSendingAndGivingUpIsASignOfLife() {
        Sent slow = send(connection);
        for (int i = 0; i < 10; i++) {
            send(connection).answered();
            clock.advance(SHORT);
        }
        slow.timeOut();
        assertThat(client.silent(clock)).isFalse();
        clock.advance(SECOND);
        assertThat(client.silent(clock)).isFalse();
    }

    @Test
    void theHeadOfAnAnswerThatGoesOnIsASignOfLife() {
        Sent slow = send(connection);
        Sent stream = send(connection);
        stream.head();
        clock.advance(SECOND);
        slow.timeOut();
        assertThat(client.silent(clock)).isFalse();

        unanswered(connection);
        send(connection).head();
        clock.advance(SECOND);
        assertThat(client.silent(clock)).isFalse();
    }

    @Test
    void anAnswerOnAnotherConnectionIsNone() {
        Sent dead = send(connection);
        send(other).answered();
        clock.advance(SECOND);
        send(other).answered();
        dead.timeOut();
        send(other).answered();
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void whoeverLosesOrIsCancelledSaysNothing() {
        for (int i = 0; i < 5; i++) {
            Sent lost = send(connection);
            clock.advance(SHORT);
            lost.cancel();
        }
        assertThat(client.silent(clock)).isFalse();
    }

    @Test
    void aConnectionThatWasClosedIsNotHeldAgainstAnother() {
        unanswered(connection);
        connection.close();
        clock.advance(SECOND);
        send(other).answered();
        assertThat(client.silent(clock)).isFalse();
    }

    @Test
    void closedConnectionsAreForgotten() {
        for (int i = 0; i < 10; i++) {
            Fake next = new Fake(Protocol.HTTP_2);
            send(next).answered();
            next.close();
        }
        assertThat(client.connections()).isEqualTo(1);
    }

    @Test
    void aSignBelongsToItsConnection() {
        unanswered(connection);
        unanswered(other);
        send(connection).answered();
        clock.advance(SECOND);
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void aSignOfLifeIsForgottenByTheNextSilence() {
        unanswered(connection);
        send(connection).answered();
        unanswered(connection);
        clock.advance(SECOND);
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void waitingForTheConnectionIsNoSilence() {
        Sent late = new Sent();
        late.connectStart(late.call, null, null);
        clock.advance(SECOND);
        late.begin(connection);
        assertThat(late.connectNanos()).isEqualTo(SECOND.toNanos());
        clock.advance(SHORT);
        late.timeOut();
        assertThat(client.silent(clock)).isFalse();
        clock.advance(SECOND);
        assertThat(client.silent(clock)).isTrue();
    }

    @Test
    void aConnectionOfHttp1GoesWithItsAttempt() {
        unanswered(new Fake(Protocol.HTTP_1_1));
        clock.advance(SECOND);
        assertThat(client.silent(clock)).isFalse();
    }

    /** An attempt, as OkHttp's events and the machine tell about it. */
    private final class Sent extends WireFacts {
        private final Call call = OKHTTP.newCall(REQUEST);
        private final long sentNanos = clock.nanos();
        private Connection on = connection;
        private boolean timedOut;

        Sent() {
            super(new HttpRequestHead(REQUEST));
            sentBy(client);
        }

        void begin(Connection acquired) {
            on = acquired;
            connectionAcquired(call, on);
            requestHeadersStart(call);
        }

        void head() {
            responseHeadersEnd(call, RESPONSE);
        }

        void answered() {
            head();
            connectionReleased(call, on);
        }

        void timeOut() {
            timedOut = true;
            cancel();
        }

        void cancel() {
            call.cancel();
            connectionReleased(call, on);
        }

        @Override
        long sentNanos() {
            return sentNanos;
        }

        @Override
        long now() {
            return clock.nanos();
        }

        @Override
        boolean timedOut() {
            return timedOut;
        }
    }

    private static final class Fake implements Connection {
        private final Protocol protocol;
        private final Socket socket = new Socket();

        Fake(Protocol protocol) {
            this.protocol = protocol;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError("a socket that was never connected closes", e);
            }
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
            return socket;
        }

        @Override
        public Handshake handshake() {
            return null;
        }
    }
}
