package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tulle.api.resource.Route;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A call that has a connection's stream when that connection turns out to be over. grpc-java says UNKNOWN then ("channel closed"), where it says UNAVAILABLE of one
 * whose end it had already told.
 */
@Timeout(60)
class ClosingConnectionTest {
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Conversation> late = new CompletableFuture<>();

    @Test
    void aCallThatCouldNotBeWrittenAnyMoreIsSentByTheNextConnection() throws Exception {
        Status second = second(2);
        assertThat(second.isOk()).as("%s", second).isTrue();
    }

    @Test
    void withoutAnotherAttemptItIsUnavailableAsOfAnyLostConnection() throws Exception {
        Status second = second(1);
        assertThat(second.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    /** Returns how a call has ended that may have so many attempts. */
    private Status second(int attempts) throws Exception {
        try (WireServer server = WireServer.start(WireServer.Speaks.HTTP2);
                Rig rig = new Rig()) {
            rig.list("dying", "127.0.0.1", server.port());
            rig.route(Route.Rule.builder()
                    .retry(Route.Retry.builder().attempts(attempts).build())
                    .build());
            server.answers(exchange -> {
                Wire.GRPC.ok().answer(exchange);
                if (exchange.connection() == 1) {
                    exchange.close();
                    closed.complete(null);
                }
            });

            Status first = ended(rig.open(Rig.PUT, CallOptions.DEFAULT.withStreamTracerFactory(whileReading(() -> {
                closed.orTimeout(20, TimeUnit.SECONDS).join(); // what is read next is the end
                late.complete(rig.open(Rig.PUT, CallOptions.DEFAULT)); // and is told after this call's turn to write
            }))));
            assertThat(first.isOk()).as("%s", first).isTrue();

            Status second = ended(late.orTimeout(20, TimeUnit.SECONDS).join());
            assertThat(rig.attempts)
                    .anySatisfy(attempt -> assertThat(attempt).contains("error=CONNECT", "processed=NO"));
            return second;
        }
    }

    private static Status ended(Conversation conversation) {
        return conversation.say("q").over().awaitEnd();
    }

    /** Runs {@code task} on the connection's own thread, in the middle of what it reads. */
    private static ClientStreamTracer.Factory whileReading(Runnable task) {
        return new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                return new ClientStreamTracer() {
                    @Override
                    public void inboundHeaders() {
                        task.run();
                    }
                };
            }
        };
    }
}
