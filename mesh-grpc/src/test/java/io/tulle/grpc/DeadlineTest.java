package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.ScheduledFuture;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose word an end at the deadline is: the channel's, or the server's. */
@Timeout(60)
class DeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final ManualClock clock = new ManualClock(4);
    private final Rig rig = new Rig(new MeshRuntime(clock, clock, clock, () -> 1));
    private final Crossing crossing = new Crossing();

    @AfterEach
    void close() {
        rig.close();
        crossing.close();
    }

    private static CallOptions within(Duration deadline) {
        return CallOptions.DEFAULT.withOption(
                MeshChannels.CALL_OPTIONS, MeshCallOptions.DEFAULT.withDeadline(deadline));
    }

    @Test
    void theChannelsDeadlineIsNotTheServersWordAlthoughItsTrailersHaveCome() {
        rig.server("a");
        rig.channel(crossing.on(MeshChannels.builder(rig.mesh, "ratings")));
        Conversation call = rig.open(
                        Rig.GET, within(DEADLINE).withExecutor(Runnable::run).withStreamTracerFactory(crossing))
                .say("q")
                .over();

        crossing.awaitEnd();
        assertThat(crossing.answered).as("the server's trailers").isDone();
        assertThat(rig.attempts).as("before the machine's time has come").isEmpty();
        clock.advance(DEADLINE);
        assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED"));
        assertThat(rig.attempts).singleElement().asString().contains(" 0 Outcome[error=TIMEOUT");
    }

    @Test
    void aServersOwnDeadlineIsItsWord() {
        rig.server("a").failing(Status.DEADLINE_EXCEEDED.withDescription("of my own"));
        Conversation call =
                rig.open(Rig.PUT, within(Duration.ofSeconds(20))).say("q").over();

        assertThat(call.awaitEnd().getDescription()).isEqualTo("of my own");
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("FAILED_RESPONSE"));
        assertThat(rig.attempts).singleElement().asString().contains(" 504 Outcome[error=null");
    }

    /** Has a response's head and trailers come when the channel has just ended the call at its deadline: the connection's thread waits in the head for the channel's timer. */
    @SuppressWarnings("deprecation") // what replaces it is not in the oldest version that is supported
    private static final class Crossing extends ClientStreamTracer.Factory implements AutoCloseable {
        final CompletableFuture<Boolean> answered = new CompletableFuture<>();
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private final CompletableFuture<Boolean> expired = new CompletableFuture<>();
        private final EventLoopGroup timers = new NioEventLoopGroup(1);
        private final EventLoopGroup connections = new NioEventLoopGroup(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return timers.schedule(
                        () -> {
                            task.run();
                            expired.complete(true);
                        },
                        delay,
                        unit);
            }
        };

        ManagedChannelBuilder<?> on(ManagedChannelBuilder<?> channel) {
            return ((NettyChannelBuilder) channel).eventLoopGroup(connections).channelType(NioSocketChannel.class);
        }

        /** Waits until the stream has ended and the connection's thread has told everybody. */
        void awaitEnd() {
            Awaitility.await().until(ended::isDone);
            assertThat(connections.submit(() -> {}).awaitUninterruptibly(20, TimeUnit.SECONDS))
                    .isTrue();
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void inboundHeaders(Metadata received) {
                    expired.orTimeout(20, TimeUnit.SECONDS).join();
                }

                @Override
                public void inboundTrailers(Metadata received) {
                    answered.complete(true);
                }

                @Override
                public void streamClosed(Status status) {
                    ended.complete(true);
                }
            };
        }

        @Override
        public void close() {
            for (EventLoopGroup group : List.of(connections, timers)) {
                assertThat(group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }
}
