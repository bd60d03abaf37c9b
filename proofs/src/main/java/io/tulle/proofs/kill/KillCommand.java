package io.tulle.proofs.kill;

import io.tulle.proofs.check.Verdict;
import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.live.RealDisk;
import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mesh proof kill}: no acknowledged write is lost by {@code kill -9}, and none would be by the loss of power. */
@Command(
        name = "kill",
        description = {
            "Kills a registry under concurrent writes, again and again, and checks that nothing acknowledged is lost.",
            "Then traces its system calls: each acknowledgement is preceded by a data sync; a mutant that does not sync is caught."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class KillCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 10;
    private static final int CANNOT = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cycles",
            defaultValue = "100",
            description = "How often it is killed. Default: ${DEFAULT-VALUE}.")
    private int cycles;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "The longest time from a start to the next kill. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--writers", defaultValue = "32", description = "Default: ${DEFAULT-VALUE}.")
    private int writers;

    @Option(
            names = "--traced",
            defaultValue = "200",
            description = "How many writes are traced. Default: ${DEFAULT-VALUE}.")
    private int traced;

    @Option(names = "--seed", defaultValue = "1", description = "Of what is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the data goes, on a disk. Default: target/proofs of the repository.")
    private @Nullable Path folder;

    @Option(names = "--keep", description = "Leaves data, histories and traces where they are.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (cycles < 1 || seconds < 1 || writers < 1 || traced < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--cycles, --seconds, --writers and --traced (expected: 1 or more)");
        }
        String untraceable = SyncTrace.obstacle();
        if (untraceable != null) {
            say(untraceable);
            return CANNOT;
        }
        Scratch scratch = Scratch.on(folder == null ? Scratch.root().resolve("target/proofs") : folder, "kill-");
        try {
            String obstacle = RealDisk.obstacle(scratch.folder());
            if (obstacle != null) {
                throw new ParameterException(spec.commandLine(), obstacle);
            }
            boolean kept = kill(Files.createDirectory(scratch.folder().resolve("loop")));
            return trace(scratch.folder()) && kept ? 0 : 1;
        } finally {
            if (keep) {
                say("kept: " + scratch.folder());
            } else {
                scratch.close();
            }
        }
    }

    private boolean kill(Path base) throws IOException, InterruptedException {
        LiveRun.Settings settings = new LiveRun.Settings(writers, 3, 30, seed);
        KillLoop.Outcome outcome = new KillLoop(settings, cycles, Duration.ofSeconds(seconds), this::say).run(base);
        Verdict verdict = outcome.verdict();
        List<Duration> restarts = outcome.restarts();
        PrintWriter out = spec.commandLine().getOut();
        out.println("disk            " + Files.getFileStore(base).type());
        out.println("kill -9         " + cycles + " times, " + writers + " writers");
        out.println("writes          " + verdict.writes() + " sent, " + verdict.acked() + " acknowledged");
        out.println("lost            " + verdict.lost());
        out.println("checked         " + verdict.reads() + " lists, " + verdict.lines() + " lines of watchers");
        out.println("violations      " + verdict.violations().size());
        out.println("ready again     median " + millis(restarts, restarts.size() / 2) + ", longest "
                + millis(restarts, restarts.size() - 1));
        verdict.violations().stream().limit(MOST_SHOWN).forEach(out::println);
        return verdict.clean();
    }

    private boolean trace(Path base) throws IOException, InterruptedException {
        say("tracing " + traced + " writes");
        SyncAudit.Result sound = new SyncTrace(Files.createDirectory(base.resolve("trace"))).run(false, traced);
        say("tracing " + traced + " writes of the mutant");
        SyncAudit.Result mutant = new SyncTrace(Files.createDirectory(base.resolve("mutant"))).run(true, traced);
        PrintWriter out = spec.commandLine().getOut();
        out.println("syncs           " + sound.syncs() + " for " + sound.acknowledged() + " acknowledgements, "
                + sound.unsynced().size() + " of which came before their sync");
        sound.unsynced().stream().limit(MOST_SHOWN).forEach(out::println);
        boolean caught = !mutant.unsynced().isEmpty();
        out.println("mutant          synchronous=OFF: " + (caught ? "caught" : "MISSED") + ", "
                + mutant.unsynced().size() + " of " + mutant.acknowledged() + " acknowledgements before their sync");
        return sound.good() && caught;
    }

    private static String millis(List<Duration> restarts, int index) {
        return restarts.get(index).toMillis() + " ms";
    }

    private void say(String line) {
        spec.commandLine().getErr().println("kill: " + line);
        spec.commandLine().getErr().flush();
    }
}
