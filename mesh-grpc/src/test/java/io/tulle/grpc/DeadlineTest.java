package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose word an end at the deadline is: the machine's, although its timer has not fired yet, or the server's. */
@Timeout(60)
class DeadlineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock(4);
    private final ManualClock timers = new ManualClock(5); // which stand still
    private final Rig rig = new Rig(new MeshRuntime(clock, timers, clock, () -> 1));

    @AfterEach
    void close() {
        rig.close();
    }

    private static CallOptions within(Duration deadline) {
        return CallOptions.DEFAULT.withOption(
                MeshChannels.CALL_OPTIONS, MeshCallOptions.DEFAULT.withDeadline(deadline));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"CANCELLED", "DEADLINE_EXCEEDED"})
    void aServerThatGivesUpAtTheDeadlineIsOnlyEarlierThanTheTimer(Status.Code code) {
        rig.server("a").answering((call, messages) -> {
            clock.advance(DEADLINE.plusNanos(1));
            call.close(code.toStatus(), new Metadata());
        });
        Conversation call = rig.open(Rig.GET, within(DEADLINE)).say("q").over();

        assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED"));
        assertThat(rig.attempts).singleElement().asString().contains("Outcome[error=TIMEOUT");
    }

    @Test
    void soIsOneThatGivesUpWhileItsResponseIsRead() {
        rig.server("a").answering((call, messages) -> {
            call.sendHeaders(new Metadata());
            call.sendMessage("half");
            clock.advance(DEADLINE.plusNanos(1));
            call.close(Status.CANCELLED, new Metadata());
        });
        Conversation call = rig.open(Rig.LIST, within(DEADLINE)).say("q").over();

        Status end = call.awaitEnd();
        assertThat(end.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(end.getDescription()).contains("the deadline has passed while the response was awaited or read");
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED"));
    }

    @Test
    void theServerIsToldHowMuchTimeIsLeftAndTheChannelHasNoTimerOfItsOwn() {
        TestServer server = rig.server("a");
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);

        assertThat(rig.call(Rig.GET, options)).isEqualTo("a:q");
        assertThat(server.header(0, "grpc-timeout")).matches("1[0-9]{4}m|20000m");
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
}
