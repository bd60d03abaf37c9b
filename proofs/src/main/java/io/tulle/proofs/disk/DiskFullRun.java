package io.tulle.proofs.disk;

import io.tulle.proofs.check.Checker;
import io.tulle.proofs.check.Verdict;
import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Recorder;
import io.tulle.proofs.history.Write;
import io.tulle.proofs.live.AdminClient;
import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.live.ProgressProbe;
import io.tulle.proofs.process.RegistryProcess;
import io.tulle.proofs.states.Callers;
import io.tulle.proofs.states.Shop;
import io.tulle.registry.RegistryMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A registry on a disk that becomes full and is freed again, under writers, watchers and a shop that calls through the mesh. Confined to one thread. */
final class DiskFullRun {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofMillis(500);
    private static final int CALLS_A_SECOND = 100;
    private final Path folder;
    private final Duration phase;
    private final Consumer<String> progress;
    private final List<Phase> phases = new ArrayList<>();
    private long pid;

    /**
     * What was seen in a phase.
     *
     * @param name of the phase
     * @param write the answer to a write at its end
     * @param acked writes that were acknowledged
     * @param read status of a list
     * @param marks progress marks that a watcher got, of two
     * @param calls calls through the mesh
     * @param failed those that failed
     */
    record Phase(String name, AdminClient.Answer write, long acked, int read, int marks, int calls, int failed) {}

    /**
     * What came of it.
     *
     * @param phases in order: free, full, freed
     * @param verdict on the history of writers and watchers
     */
    record Outcome(List<Phase> phases, Verdict verdict) {
        /** Returns whether a full disk stopped writes, and nothing else. */
        boolean good() {
            AdminClient.Answer full = phases.get(1).write();
            return full.status() == 503
                    && full.body().contains("\"read-only\"")
                    && phases.get(1).acked() == 0
                    && phases.get(0).acked() > 0
                    && phases.get(2).acked() > 0
                    && phases.stream().allMatch(phase -> phase.read() == 200 && phase.marks() == 2)
                    && phases.stream().allMatch(phase -> phase.calls() > 0 && phase.failed() == 0)
                    && verdict.clean();
        }
    }

    DiskFullRun(Path folder, Duration phase, Consumer<String> progress) {
        this.folder = folder;
        this.phase = phase;
        this.progress = progress;
    }

    Outcome run(SmallDisk disk) throws IOException, InterruptedException {
        Path file = folder.resolve("history.jsonl");
        try (Recorder recorder = Recorder.to(file);
                LiveRun run = LiveRun.start(
                        new LiveRun.Settings(2, 2, 6, 1), port -> start(port, disk), recorder, registry -> registry);
                Shop shop = Shop.open(run.uri(), folder.resolve("state"));
                Callers callers = new Callers(shop::call, CALLS_A_SECOND)) {
            AdminClient admin = new AdminClient(run.uri(), System::nanoTime);
            see("free", run, admin, callers);
            progress.accept("filled with " + disk.fill(pid) / 1024 + " KiB; waiting until a write is refused");
            long start = System.nanoTime();
            awaitWrite(run, Write.Result.REFUSED);
            progress.accept("writes refused after " + millisSince(start) + " ms");
            awaitNoneFits(run, disk);
            callers.take();
            see("full", run, admin, callers);
            disk.free(pid);
            start = System.nanoTime();
            awaitWrite(run, Write.Result.ACKED);
            progress.accept("freed; a write done after " + millisSince(start) + " ms");
            see("freed", run, admin, callers);
            run.finish();
        }
        return new Outcome(phases, Checker.check(History.read(file)));
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private void see(String name, LiveRun run, AdminClient admin, Callers callers)
            throws IOException, InterruptedException {
        long acked = run.acked();
        run.letRun(phase);
        int read = admin.get("/api/v1/namespaces/" + AdminClient.NAMESPACE + "/services")
                .status();
        int marks = ProgressProbe.marks(run.uri(), 2);
        AdminClient.Answer write = run.probe();
        Callers.Tally calls = callers.take();
        phases.add(new Phase(
                name,
                write,
                run.acked() - acked,
                read,
                marks,
                calls.nanos().length,
                calls.failures().size()));
    }

    /** After the first refusal a smaller write may still fit into what is left of the log. */
    private void awaitNoneFits(LiveRun run, SmallDisk disk) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long acked = -1;
        while (acked != run.acked() && System.nanoTime() < deadline) {
            acked = run.acked();
            disk.fill(pid);
            run.letRun(SETTLED);
        }
    }

    private void awaitWrite(LiveRun run, Write.Result result) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        AdminClient.Answer answer = run.probe();
        while (answer.result() != result) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("after " + PATIENCE.toSeconds() + " s a write is answered "
                        + answer.status() + ": " + answer.body() + " (expected: " + result + ")");
            }
            run.letRun(Duration.ofMillis(20));
            answer = run.probe();
        }
    }

    private RegistryProcess start(int port, SmallDisk disk) throws InterruptedException {
        List<String> words = List.of(
                "--port",
                String.valueOf(port),
                "--data",
                disk.folder().resolve("data").toString(),
                "--progress",
                "300ms");
        RegistryProcess registry =
                RegistryProcess.start(disk.before(), RegistryMain.class, words, folder.resolve("registry.log"));
        pid = registry.pid();
        return registry;
    }
}
