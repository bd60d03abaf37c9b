package io.tulle.proofs.planted;

import io.tulle.api.resource.NearestNames;
import io.tulle.proofs.check.Checker;
import io.tulle.proofs.check.Verdict;
import io.tulle.proofs.history.History;
import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.live.RealDisk;
import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mesh proof checker}: a registry keeps every promise under load and {@code kill -9}, and the checker that says so finds each bug that is planted. */
@Command(
        name = "checker",
        description = {
            "Records what writers and watchers of a registry see while it is killed, and checks every promise.",
            "Then does the same with each planted bug, which the checker must name."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CheckerCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 10;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "6",
            description = "How long each run lasts. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--writers", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
    private int writers;

    @Option(names = "--watchers", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int watchers;

    @Option(names = "--seed", defaultValue = "1", description = "Of what is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--only", split = ",", paramLabel = "BUG", description = "Only these bugs; none: no bug.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where data and histories go, on a disk. Default: target/proofs of the repository.")
    private @Nullable Path folder;

    @Option(names = "--history", paramLabel = "FILE", description = "Runs nothing and checks this history.")
    private @Nullable Path history;

    @Option(names = "--keep", description = "Leaves data and histories where they are.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (history != null) {
            return explain(Checker.check(History.read(history)));
        }
        if (seconds < 1 || writers < 1 || watchers < 2) {
            throw usage("--seconds and --writers (expected: 1 or more), --watchers (expected: 2 or more)");
        }
        List<PlantedBug> bugs = bugs();
        Scratch scratch = Scratch.on(folder == null ? Scratch.root().resolve("target/proofs") : folder, "checker-");
        try {
            String obstacle = RealDisk.obstacle(scratch.folder());
            if (obstacle != null) {
                throw new ParameterException(spec.commandLine(), obstacle);
            }
            return run(bugs, scratch.folder());
        } finally {
            if (keep) {
                say("kept: " + scratch.folder());
            } else {
                scratch.close();
            }
        }
    }

    private int run(List<PlantedBug> bugs, Path base) throws IOException, InterruptedException {
        LiveRun.Settings settings = new LiveRun.Settings(writers, watchers, 12, seed);
        LiveCheck check = new LiveCheck(settings, Duration.ofSeconds(seconds), 2);
        say("no bug: " + seconds + " s, killed twice");
        Verdict sound = check.run(null, base.resolve("none"));
        boolean good = sound.clean();
        row("planted", "acked", "lines", "verdict", "found");
        row(sound, "none", good ? "ok" : "FAILED", good ? "nothing" : first(sound));
        if (!good) {
            explain(sound);
        }
        for (PlantedBug bug : bugs) {
            say(bug.title() + ": " + bug.description());
            Verdict verdict = check.run(bug, base.resolve(bug.title()));
            boolean named = verdict.broken().contains(bug.broken());
            row(
                    verdict,
                    bug.title(),
                    named ? "named" : "MISSED",
                    named
                            ? verdict.first(bug.broken()).toString()
                            : verdict.broken() + " (expected: " + bug.broken() + ")");
            good &= named;
        }
        return good ? 0 : 1;
    }

    private static String first(Verdict verdict) {
        return verdict.violations().get(0).toString();
    }

    private int explain(Verdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(verdict.writes() + " writes, " + verdict.acked() + " acknowledged; " + verdict.reads() + " lists; "
                + verdict.lines() + " lines; " + verdict.violations().size() + " violations");
        verdict.violations().stream().limit(MOST_SHOWN).forEach(out::println);
        return verdict.clean() ? 0 : 1;
    }

    private void row(Verdict verdict, String planted, String result, String found) {
        row(planted, String.valueOf(verdict.acked()), String.valueOf(verdict.lines()), result, found);
    }

    private void row(String planted, String acked, String lines, String result, String found) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, "%-18s %7s %7s  %-8s %s", planted, acked, lines, result, found));
        out.flush();
    }

    private List<PlantedBug> bugs() {
        List<String> titles = Stream.of(PlantedBug.values())
                .filter(bug -> bug.place() != PlantedBug.Place.DISK)
                .map(PlantedBug::title)
                .toList();
        for (String name : only) {
            if (!titles.contains(name) && !name.equals("none")) {
                List<String> near = NearestNames.to(name, titles);
                throw usage("--only: '" + name + "' (expected: none or some of " + String.join(", ", titles)
                        + (near.isEmpty() ? ")" : "; did you mean " + String.join(" or ", near) + "?)"));
            }
        }
        return Stream.of(PlantedBug.values())
                .filter(bug -> titles.contains(bug.title()) && (only.isEmpty() || only.contains(bug.title())))
                .toList();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void say(String line) {
        spec.commandLine().getErr().println("checker: " + line);
        spec.commandLine().getErr().flush();
    }
}
