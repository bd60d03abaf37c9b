package io.tulle.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How JMH runs a {@link Row}: each row in a JVM of its own, so that no row is compiled with another one's profile. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields before a benchmark runs
public class RowBenchmark {
    /** Made by JMH. */
    public RowBenchmark() {}

    /** What the threads share. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** The row's name. */
        @Param("floor")
        public String row;

        private Supplier<Task> tasks;

        /** Made by JMH. */
        public Shared() {}

        /** Sets the row up. */
        @Setup
        public void setUp() {
            tasks = Row.titled(row).setUp();
        }
    }

    /** What a thread has for itself. */
    @State(Scope.Thread)
    public static class Worker {
        private static final int COMPILED_AFTER = 100_000;

        private Task task;

        @SuppressWarnings("unused") // so that the result is used
        private Object last;

        /** Made by JMH. */
        public Worker() {}

        /** Makes the thread's task and runs it often enough to be compiled: warming up by the clock alone does too little on a busy machine. */
        @Setup
        public void setUp(Shared shared) {
            task = shared.tasks.get();
            for (int i = 0; i < COMPILED_AFTER; i++) {
                last = task.run();
            }
        }
    }

    /** One operation. */
    @Benchmark
    public Object run(Worker worker) {
        return worker.task.run();
    }
}
