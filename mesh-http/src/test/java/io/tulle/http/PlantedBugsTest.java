package io.tulle.http;

import io.tulle.testing.sockets.PlantedBug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ring 2 fails for OkHttp used wrongly, and for the right reason; the same scenario passes with the same client used rightly. */
@Timeout(60)
class PlantedBugsTest {
    @Test
    void catchesAPostThatTheClientSendsAgainByItself() throws InterruptedException {
        assertCaught(WireBug.LEAVES_RETRIES_TO_OKHTTP, "http1 endOfAReusedConnectionBeforeAnyByte", "requests=2");
        assertCaught(WireBug.LEAVES_RETRIES_TO_OKHTTP, "http2 endOfAReusedConnectionBeforeAnyByte", "requests=2");
    }

    @Test
    void catchesARefusedStreamThatIsTakenForAReset() throws InterruptedException {
        assertCaught(WireBug.TAKES_REFUSED_FOR_RESET, "http2 refusedStreamIsSentAgain", "processed=MAYBE");
        assertCaught(WireBug.TAKES_REFUSED_FOR_RESET, "http2 goAwayBelowTheStreamIsSentAgain", "processed=MAYBE");
    }

    @Test
    void catchesARetryAfterTheHead() throws InterruptedException {
        assertCaught(WireBug.REPEATS_AFTER_THE_HEAD, "http1 resetAfterTheHeadIsNotRetried", "requests=2");
        assertCaught(WireBug.REPEATS_AFTER_THE_HEAD, "http2 streamResetAfterTheHeadIsNotRetried", "requests=2");
    }

    @Test
    void catchesATruncatedBodyTakenForWhole() throws InterruptedException {
        assertCaught(WireBug.TAKES_A_BROKEN_BODY_FOR_WHOLE, "http1 lengthTooLong", "but was: SUCCESS");
        assertCaught(WireBug.TAKES_A_BROKEN_BODY_FOR_WHOLE, "http1 endAtEveryByte", "broken after");
    }

    @Test
    void catchesAConnectionThatIsNeverGivenBack() throws InterruptedException {
        assertCaught(
                WireBug.LEAVES_AN_UNWANTED_RESPONSE_OPEN,
                "http1 unavailableIsRetried",
                "connections that the client has left open");
    }

    @Test
    void catchesAnAttemptThatDoesNotSayWhichItIs() throws InterruptedException {
        assertCaught(WireBug.SENDS_EVERY_ATTEMPT_AS_THE_FIRST, "http1 anotherAttemptSaysItsNumber", "the second");
    }

    private static void assertCaught(WireBug bug, String scenario, String because) throws InterruptedException {
        new PlantedBug(new WrongOkHttp(bug), new WrongOkHttp(WireBug.NONE)).isCaughtBy(scenario, because);
    }
}
