package io.tulle.proofs.kill;

import io.tulle.proofs.check.Checker;
import io.tulle.proofs.check.Verdict;
import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Recorder;
import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.process.RegistryProcess;
import io.tulle.registry.RegistryMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Kills a registry under concurrent writes again and again, at moments left to chance, and audits everything that anybody was told. */
final class KillLoop {
    private static final int LEAST_MILLIS = 200;

    private final LiveRun.Settings settings;
    private final int cycles;
    private final Duration most;
    private final Consumer<String> progress;

    /**
     * A loop.
     *
     * @param most the longest time from a start to the next kill, 1s or more
     */
    KillLoop(LiveRun.Settings settings, int cycles, Duration most, Consumer<String> progress) {
        this.settings = settings;
        this.cycles = cycles;
        this.most = most;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param verdict on the whole history
     * @param restarts how long each start took until the registry was ready, shortest first
     */
    record Outcome(Verdict verdict, List<Duration> restarts) {}

    Outcome run(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("history.jsonl");
        List<Duration> restarts = new ArrayList<>();
        Random random = new Random(settings.seed());
        try (Recorder recorder = Recorder.to(file);
                LiveRun run = LiveRun.start(settings, port -> start(port, folder), recorder, registry -> registry)) {
            for (int cycle = 1; cycle <= cycles; cycle++) {
                run.letRun(Duration.ofMillis(LEAST_MILLIS + random.nextInt((int) most.toMillis() - LEAST_MILLIS)));
                restarts.add(run.restart());
                long revision = run.read();
                progress.accept("kill " + cycle + " of " + cycles + ": " + run.acked()
                        + " writes acknowledged so far, revision " + revision + ", ready after "
                        + restarts.get(cycle - 1).toMillis() + " ms");
            }
            run.finish();
        }
        progress.accept("checking the history");
        Collections.sort(restarts);
        return new Outcome(Checker.check(History.read(file)), restarts);
    }

    private static RegistryProcess start(int port, Path folder) throws InterruptedException {
        return RegistryProcess.start(
                List.of(),
                RegistryMain.class,
                List.of(
                        "--port",
                        String.valueOf(port),
                        "--data",
                        folder.resolve("data").toString(),
                        "--progress",
                        "500ms"),
                folder.resolve("registry.log"));
    }
}
