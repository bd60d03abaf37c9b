package io.tulle.testing.tck;

import java.time.Duration;

/** Traces and times that scenarios share. */
final class Traces {
    static final String SHOP = ScenarioBuilder.SHOP;
    static final Duration NOW = Duration.ZERO;
    static final Duration MS = Duration.ofMillis(1);

    /** The first attempt's response is committed and read to its end, or closed. */
    static final String FIRST = "START DISPATCH(1) HEAD(1) COMMIT(1) END(1) COMPLETE";

    /** The second attempt's is, after whatever became of the first. */
    static final String SECOND = "DISPATCH(2) HEAD(2) COMMIT(2) END(2) COMPLETE";

    /** The first attempt ends without a response and nothing follows. */
    static final String FAILS = "START DISPATCH(1) END(1) COMPLETE";

    /** The call is refused before it has an attempt. */
    static final String REFUSED = "START COMPLETE";

    /** The first attempt's response is left in favour of another attempt. */
    static final String LEFT = "START DISPATCH(1) HEAD(1) CANCEL(1) END(1) ";

    /** The first attempt times out. */
    static final String TIMED_OUT = "START DISPATCH(1) TIMER CANCEL(1) END(1) ";

    private Traces() {}

    static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
