package io.tulle.benchmarks.macro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Sixteen threads that call at the same time, each one call at a time. Confined to one thread. */
final class Load implements AutoCloseable {
    /** How many call at once. */
    static final int THREADS = 16;

    private static final int DIGITS = 3;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final double MICROS = 1e3;
    private static final double SECOND = 1e9;

    private final Caller caller;
    private final Site site;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });
    /** Made beforehand, because what is allocated during a slice is counted. */
    private final List<Histogram> times =
            IntStream.range(0, THREADS).mapToObj(i -> histogram()).toList();

    private volatile boolean timing;
    private volatile boolean over;

    Load(Caller caller, Site site) {
        this.caller = caller;
        this.site = site;
    }

    /** Puts load on the caller for one slice. What is counted is read at the same two moments, while calls go on. */
    Reading run(Slice slice) throws InterruptedException, ExecutionException {
        over = false;
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Pace pace = Pace.of(slice.perSecond(), start, i);
            Histogram own = times.get(i);
            own.reset();
            running.add(threads.submit(() -> calls(pace, own)));
        }
        long from = start + TimeUnit.MILLISECONDS.toNanos(slice.leadMillis());
        Pace.await(from);
        timing = true;
        Count before = count();
        Pace.await(from + TimeUnit.MILLISECONDS.toNanos(slice.millis()));
        Count after = count();
        timing = false;
        over = true;
        Histogram all = histogram();
        for (int i = 0; i < THREADS; i++) {
            running.get(i).get();
            all.add(times.get(i));
        }
        return reading(before, after, all);
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST, DIGITS);
    }

    private void calls(Pace pace, Histogram own) {
        while (!over) {
            call(pace.awaitTurn(), own);
        }
    }

    private void call(long begin, Histogram own) {
        boolean timed = timing;
        try {
            caller.call();
        } catch (Exception e) {
            if (failed.sum() == 0) {
                System.err.println("the first call that failed:");
                e.printStackTrace();
            }
            failed.increment();
            return;
        }
        answered.increment();
        if (timed) {
            own.recordValue(Math.min(System.nanoTime() - begin, LONGEST));
        }
    }

    private Count count() {
        return new Count(answered.sum(), failed.sum(), Usage.now(site));
    }

    private static Reading reading(Count before, Count after, Histogram times) {
        Usage first = before.usage();
        Usage last = after.usage();
        return new Reading(
                after.answered() - before.answered(),
                after.failed() - before.failed(),
                (last.nanos() - first.nanos()) / SECOND,
                times.getValueAtPercentile(50) / MICROS,
                times.getValueAtPercentile(99) / MICROS,
                last.clientCpu() - first.clientCpu(),
                last.sidecarCpu() - first.sidecarCpu(),
                last.backendCpu() - first.backendCpu(),
                last.allocatedSince(first));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private record Count(long answered, long failed, Usage usage) {}
}
