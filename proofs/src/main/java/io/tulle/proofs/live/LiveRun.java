package io.tulle.proofs.live;

import io.tulle.proofs.history.Event;
import io.tulle.proofs.history.Finish;
import io.tulle.proofs.history.Read;
import io.tulle.proofs.history.Recorder;
import io.tulle.proofs.process.FreePort;
import io.tulle.proofs.process.RegistryProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A registry under writers and watchers, all of which record what they see. Started by {@link #start}; then {@link #letRun} and {@link #restart} as often
 * as wanted; then {@link #finish}. The methods are called by one thread.
 */
public final class LiveRun implements AutoCloseable {
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final Settings settings;
    private final Launcher launcher;
    private final Recorder recorder;
    private final Gate gate = new Gate();
    private final AtomicLong acked = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> writers = new ArrayList<>();
    private final List<Future<?>> watchers = new ArrayList<>();
    private final AdminClient admin;
    private final Writer probe;
    private RegistryProcess registry;

    /**
     * How much goes on.
     *
     * @param writers how many write at the same time
     * @param watchers how many follow; the last one is slow
     * @param services how many services they write and follow, 1..30
     * @param seed of everything that is left to chance
     */
    public record Settings(int writers, int watchers, int services, long seed) {}

    private LiveRun(Settings settings, Launcher launcher, Recorder recorder, UnaryOperator<URI> streams)
            throws InterruptedException {
        this.settings = settings;
        this.launcher = launcher;
        this.recorder = recorder;
        registry = launcher.start(FreePort.find());
        admin = new AdminClient(registry.uri(), System::nanoTime);
        gate.set(true);
        probe = writer("probe", 0);
        writer("setup", 0).write(Workload.everything(settings.services()));
        for (int i = 0; i < settings.writers(); i++) {
            writers.add(threads.submit(writer("w" + i, i)));
        }
        URI stream = streams.apply(registry.uri());
        for (int i = 0; i < settings.watchers(); i++) {
            watchers.add(threads.submit(watcher(i, stream)));
        }
    }

    /**
     * Starts the registry, writers and watchers.
     *
     * @param streams says where watchers connect, given where the registry is
     */
    public static LiveRun start(Settings settings, Launcher launcher, Recorder recorder, UnaryOperator<URI> streams)
            throws InterruptedException {
        return new LiveRun(settings, launcher, recorder, streams);
    }

    private Writer writer(String name, int number) {
        Workload workload =
                new Workload(settings.seed() * 1_000 + number, settings.services(), number, settings.writers());
        return new Writer(name, admin, workload, gate, recorder, System::nanoTime, acked);
    }

    /** The first two follow everything, so that a line that one lacks was there for another; the others a part. */
    private Watcher watcher(int number, URI stream) {
        List<String> all = Workload.services(settings.services());
        List<String> some = number < 2 ? all : all.subList(0, Math.max(1, all.size() / number));
        boolean slow = number > 1 && number == settings.watchers() - 1;
        Random random = new Random(settings.seed() * 1_000 + 500 + number);
        return new Watcher("c" + number, stream, some, random, slow, gate, recorder, System::nanoTime);
    }

    /** Writes a key once, beside all others and for the record. */
    public AdminClient.Answer probe() throws InterruptedException {
        return probe.write(Workload.probe());
    }

    /** Lets everybody go on for a while. */
    public void letRun(Duration time) throws InterruptedException {
        gate.pause(time);
    }

    /** Kills the registry in the midst of everything and starts it again; returns how long the start took. */
    public Duration restart() throws InterruptedException {
        registry.close();
        gate.set(false);
        int port = registry.uri().getPort();
        long start = System.nanoTime();
        registry = launcher.start(port);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        gate.set(true);
        return took;
    }

    /** Reads everything, for the record; returns the newest revision that was seen. */
    public long read() throws IOException, InterruptedException {
        Read services = admin.read("auditor", "Service");
        Read policies = admin.read("auditor", "TrafficPolicy");
        recorder.add(Event.of(services));
        recorder.add(Event.of(policies));
        return Math.max(services.revision(), policies.revision());
    }

    /** Returns where the registry is; the same after each restart. */
    public URI uri() {
        return registry.uri();
    }

    /** Returns how many writes were acknowledged so far. */
    public long acked() {
        return acked.get();
    }

    /** Ends the writing, reads everything and waits until the watchers have caught up; a watcher that does not is for the checker to find. */
    public void finish() throws IOException, InterruptedException {
        gate.end();
        for (Future<?> writer : writers) {
            await(writer);
        }
        long newest = read();
        gate.end(newest);
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        for (Future<?> watcher : watchers) {
            awaitUntil(watcher, deadline);
        }
        recorder.add(Event.of(new Finish(newest)));
    }

    private static void await(Future<?> future) throws InterruptedException {
        awaitUntil(future, System.nanoTime() + CATCH_UP.toNanos());
    }

    private static void awaitUntil(Future<?> future, long deadline) throws InterruptedException {
        try {
            future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a writer or watcher failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
        }
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        gate.end();
        threads.shutdownNow();
        registry.close();
    }
}
