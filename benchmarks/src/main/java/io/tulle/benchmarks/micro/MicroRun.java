package io.tulle.benchmarks.micro;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures rows in turn, A B C A B C, so that a disturbance of the machine hits all of them: what counts is a row's ratio to the floor of the same round.
 */
public final class MicroRun {
    private static final int[] THREADS = {1, 2};

    /**
     * A fixed heap and one collecting thread, because several wait for each other on a busy machine; and threads wait for the compiler, so that no row is
     * measured before it is compiled.
     */
    private static final String[] JVM = {"-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-XX:ParallelGCThreads=1", "-Xbatch"};

    private static final int WARNS_OF_UNSAFE = 24; // the first JDK that does, at JMH's use of it

    private final Effort effort;
    private final PrintStream progress;

    /** Creates a run of {@code rounds} rounds that tells {@code progress} what it is doing. */
    public MicroRun(int rounds, boolean quick, PrintStream progress) {
        this(quick ? Effort.quick(rounds) : Effort.full(rounds), progress);
    }

    MicroRun(Effort effort, PrintStream progress) {
        this.effort = effort;
        this.progress = progress;
        // Two runs at once disturb each other no more than any other load would, and a lock file of another user would
        // stop us.
        System.setProperty("jmh.ignoreLock", "true");
    }

    /**
     * Measures the rows of these names (all, when there are none) and the floor.
     *
     * @throws IllegalStateException if a row cannot be run
     */
    public List<Measured> run(Set<String> names) {
        List<Row> rows = new ArrayList<>();
        for (Row row : Row.values()) {
            if (row == Row.FLOOR || names.isEmpty() || names.contains(row.title())) {
                rows.add(row);
            }
        }
        Map<Integer, Map<Row, List<Sample>>> samples = new LinkedHashMap<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            for (int threads : THREADS) {
                Map<Row, List<Sample>> byRow = samples.computeIfAbsent(threads, key -> new EnumMap<>(Row.class));
                for (Row row : rows) {
                    Sample sample = measure(row, threads);
                    byRow.computeIfAbsent(row, key -> new ArrayList<>()).add(sample);
                    progress.printf(
                            Locale.ROOT,
                            "round %d/%d, %d thr: %-24s %8.1f ns %6.0f B%n",
                            round,
                            effort.rounds(),
                            threads,
                            row.title(),
                            sample.median(),
                            sample.bytes());
                }
            }
        }
        return measured(samples);
    }

    private static List<Measured> measured(Map<Integer, Map<Row, List<Sample>>> samples) {
        List<Measured> all = new ArrayList<>();
        samples.forEach((threads, byRow) -> {
            List<Sample> floor = byRow.getOrDefault(Row.FLOOR, List.of());
            byRow.forEach((row, own) -> all.add(Measured.of(row, threads, own, floor)));
        });
        return all;
    }

    private Sample measure(Row row, int threads) {
        try {
            return sample(new Runner(options(row, threads)).runSingle());
        } catch (RunnerException e) {
            throw new IllegalStateException(row.title() + " cannot be measured: " + root(e), e);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getSuppressed().length == 0 ? root : root(root.getSuppressed()[0]);
    }

    private Options options(Row row, int threads) {
        TimeValue warmup = effort.warmup(row);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(RowBenchmark.class.getName().replace(".", "\\.") + "\\.run")
                .param("row", row.title())
                .threads(threads)
                .forks(effort.separate() ? 1 : 0)
                .warmupIterations(1)
                .warmupTime(warmup)
                .measurementIterations(effort.iterations())
                .measurementTime(effort.iteration())
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        return effort.separate() ? options.jvmArgs(jvm()).build() : options.build();
    }

    private static String[] jvm() {
        List<String> arguments = new ArrayList<>(List.of(JVM));
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        return arguments.toArray(new String[0]);
    }

    private static Sample sample(RunResult result) {
        List<Double> nanos = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                nanos.add(iteration.getPrimaryResult().getScore());
            }
        }
        return new Sample(
                List.copyOf(nanos), secondary(result, CpuProfiler.LABEL), secondary(result, "gc.alloc.rate.norm"));
    }

    @SuppressWarnings("rawtypes") // JMH's own signature
    private static double secondary(RunResult result, String label) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(label))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
