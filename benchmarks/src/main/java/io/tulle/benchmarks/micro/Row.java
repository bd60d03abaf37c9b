package io.tulle.benchmarks.micro;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What is measured. The names are stable: published figures are found by them. */
public enum Row {
    /** The least a mesh can do, written by hand. Every other row is a multiple of it. */
    FLOOR("floor", "", "", FloorMesh::tasks),
    /** Choosing one of 100 endpoints in turn, and releasing it. */
    PICK_ROUND_ROBIN("pick.round-robin", "<= 12 ns", "", () -> PickTask.roundRobin(100)),
    /** Choosing one of 100 endpoints by latency and load, and releasing it with its latency. */
    PICK_PEAK_EWMA("pick.p2c-peak-ewma", "<= 35 ns, 0 B", "<= 80 ns", () -> PickTask.peakEwma(100)),
    /** The same of 1,000 endpoints. */
    PICK_PEAK_EWMA_1000("pick.p2c-peak-ewma-1000", "<= 35 ns, 0 B", "<= 80 ns", () -> PickTask.peakEwma(1000)),
    /** Our service breaker, given the time. */
    BREAKER("breaker", "<= 15 ns", "<= 40 ns", BreakerTasks::given),
    /** Our service breaker and the two clock readings that its peers make. */
    BREAKER_WITH_CLOCK("breaker-with-clock", "<= 60 ns", "", BreakerTasks::clocked),
    /** The same by Resilience4j. */
    BREAKER_RESILIENCE4J("breaker.resilience4j", "", "", PeerBreakerTasks::resilience4j),
    /** The same by Failsafe. */
    BREAKER_FAILSAFE("breaker.failsafe", "", "", PeerBreakerTasks::failsafe),
    /** Our whole path of a call that succeeds, everything on, with the Micrometer listener that the client ships. */
    SUCCESS_PATH("success-path", "<= 180 ns, 160 B", "<= 350 ns", SuccessPath::measured),
    /** The same with a listener that does no more than count. */
    SUCCESS_PATH_COUNTING("success-path-counting", "", "", SuccessPath::counted),
    /** The same without a listener. */
    SUCCESS_PATH_BARE("success-path-bare", "", "", SuccessPath::bare),
    /** What a user composes today of Spring Cloud LoadBalancer, Resilience4j and Micrometer. */
    COMPOSED_CHAIN("composed-chain", "", "", ComposedChain::tasks);

    private final String title;
    private final String target;
    private final String targetForTwo;
    private final Supplier<Supplier<Task>> tasks;

    Row(String title, String target, String targetForTwo, Supplier<Supplier<Task>> tasks) {
        this.title = title;
        this.target = target;
        this.targetForTwo = targetForTwo;
        this.tasks = tasks;
    }

    /** Returns the row's name. */
    public String title() {
        return title;
    }

    /** Returns what we promise for {@code threads} threads on the machine that the promise names; empty when we promise nothing. */
    public String target(int threads) {
        return threads == 1 ? target : targetForTwo;
    }

    /** Returns the names of all rows. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(Row::title).toList();
    }

    /**
     * Returns the row called {@code title}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Row titled(String title) {
        return Arrays.stream(values())
                .filter(row -> row.title.equals(title))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("row: '" + title + "' (expected: one of " + titles() + ")"));
    }

    /** Sets up what threads share and returns what makes a thread's own task. */
    Supplier<Task> setUp() {
        return tasks.get();
    }
}
