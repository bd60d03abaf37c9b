package io.tulle.proofs.disk;

import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mesh proof disk-full}: a full disk stops writes, says so, and stops nothing else; free space ends it. */
@Command(
        name = "disk-full",
        description =
                "Fills the registry's disk and frees it again: writes are refused meanwhile, and nobody else notices.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DiskFullCommand implements Callable<Integer> {
    private static final String ROW = "%-6s %-24s %12s %6s %6s %7s %7s";
    private static final int MOST_SHOWN = 10;
    private static final int CANNOT = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "How long each phase lasts. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds " + seconds + " (expected: 1 or more)");
        }
        try (Scratch scratch = Scratch.on(Path.of(System.getProperty("java.io.tmpdir")), "tulle-disk-")) {
            SmallDisk disk =
                    new SmallDisk(Files.createDirectory(scratch.folder().resolve("disk")), "16m");
            String obstacle = disk.obstacle();
            if (obstacle != null) {
                say(obstacle);
                return CANNOT;
            }
            scratch.keep();
            DiskFullRun.Outcome outcome =
                    new DiskFullRun(scratch.folder(), Duration.ofSeconds(seconds), this::say).run(disk);
            print(outcome);
            return scratch.judged(outcome.good(), this::say) ? 0 : 1;
        }
    }

    private void print(DiskFullRun.Outcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT, ROW, "disk", "a write is answered", "acknowledged", "list", "marks", "calls", "failed"));
        for (DiskFullRun.Phase phase : outcome.phases()) {
            int status = phase.write().status();
            out.println(String.format(
                    Locale.ROOT,
                    ROW,
                    phase.name(),
                    status == 503 ? "503 read-only" : String.valueOf(status),
                    phase.acked(),
                    phase.read(),
                    phase.marks() + "/2",
                    phase.calls(),
                    phase.failed()));
        }
        out.println("the refusal: " + outcome.phases().get(1).write().body().strip());
        out.println("history: " + outcome.verdict().writes() + " writes, "
                + outcome.verdict().acked() + " acknowledged, "
                + outcome.verdict().violations().size() + " violations");
        outcome.verdict().violations().stream().limit(MOST_SHOWN).forEach(out::println);
    }

    private void say(String line) {
        spec.commandLine().getErr().println("disk-full: " + line);
        spec.commandLine().getErr().flush();
    }
}
