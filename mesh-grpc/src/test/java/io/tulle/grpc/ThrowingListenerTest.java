package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listener that throws is told, once, that its call is cancelled, whatever the server has said. */
class ThrowingListenerTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static final class Throwing extends Conversation {
        Throwing(ClientCall<String, String> call) {
            super(call);
        }

        @Override
        public void onMessage(String message) {
            super.onMessage(message);
            throw new IllegalStateException("no room for " + message);
        }
    }

    @Test
    void whatTheListenerThrowsCancelsTheCall() {
        TestServer a = rig.server("a").echoing();
        ClientCall<String, String> call = rig.shared().newCall(Rig.CHAT, CallOptions.DEFAULT);
        Throwing chat = new Throwing(call);
        call.start(chat, new Metadata());
        call.request(1);
        call.sendMessage("one");
        assertThatItWasCancelled(chat.awaitEnd(), "no room for a:one");
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> a.cancelled.get() == 1);
    }

    private static void assertThatItWasCancelled(Status status, String because) {
        assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(status.getCause()).hasMessage(because);
    }

    @Test
    void aListenerThatThrowsAtWhatWasHeldBackHearsTheEnd() {
        rig.server("a").answeringAtOnce(ThrowingListenerTest::twoMessages);
        anotherCall(); // connects

        Ended ended = new Ended();
        CallOptions options = CallOptions.DEFAULT
                .withExecutor(Runnable::run)
                .withStreamTracerFactory(ended); // all on the connection's thread
        ClientCall<String, String> call = rig.shared().newCall(slow(ended), options);
        Throwing chat = new Throwing(call);
        call.start(chat, new Metadata());
        call.request(5);
        call.sendMessage("one");

        assertThatItWasCancelled(chat.awaitEnd(), "no room for first");
        assertThat(chat.heard).containsExactly("first");
    }

    private static void twoMessages(ServerCall<String, String> call) {
        call.sendHeaders(new Metadata());
        call.sendMessage("first");
        call.sendMessage("second");
        call.close(Status.OK, new Metadata());
    }

    private void anotherCall() {
        assertThat(rig.open(Rig.CHAT, CallOptions.DEFAULT).awaitEnd().isOk()).isTrue();
    }

    /** A method whose messages are serialized when the answer has come: until then the call is in the hands of the thread that sends. */
    private MethodDescriptor<String, String> slow(Ended ended) {
        return Rig.CHAT.toBuilder()
                .setRequestMarshaller(new MethodDescriptor.Marshaller<>() {
                    @Override
                    public InputStream stream(String value) {
                        ended.await();
                        anotherCall(); // comes after that on the same connection
                        return Rig.CHAT.streamRequest(value);
                    }

                    @Override
                    public String parse(InputStream stream) {
                        return Rig.CHAT.parseRequest(stream);
                    }
                })
                .build();
    }

    /** Waits for the end of a stream on the wire. */
    private static final class Ended extends ClientStreamTracer.Factory {
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void streamClosed(Status status) {
                    ended.countDown();
                }
            };
        }

        void await() {
            try {
                assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
