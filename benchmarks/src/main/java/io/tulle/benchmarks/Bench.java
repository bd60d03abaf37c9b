package io.tulle.benchmarks;

import io.tulle.benchmarks.balance.BalanceReport;
import io.tulle.benchmarks.balance.BalanceRun;
import io.tulle.benchmarks.balance.Balanced;
import io.tulle.benchmarks.balance.Scenario;
import io.tulle.benchmarks.fleet.FleetFigure;
import io.tulle.benchmarks.fleet.FleetReport;
import io.tulle.benchmarks.fleet.FleetRow;
import io.tulle.benchmarks.fleet.FleetRun;
import io.tulle.benchmarks.macro.MacroFigure;
import io.tulle.benchmarks.macro.MacroReport;
import io.tulle.benchmarks.macro.MacroRow;
import io.tulle.benchmarks.macro.MacroRun;
import io.tulle.benchmarks.micro.Measured;
import io.tulle.benchmarks.micro.MicroReport;
import io.tulle.benchmarks.micro.MicroRun;
import io.tulle.benchmarks.micro.Row;
import io.tulle.benchmarks.report.JsonReport;
import io.tulle.benchmarks.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code mesh bench}: runs a benchmark, prints its table on the standard output and tells on the standard error how far it is. */
public final class Bench {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int MICRO_ROUNDS = 10;
    private static final int MICRO_ROUNDS_QUICK = 2;
    private static final int MACRO_ROUNDS = 20;
    private static final int MACRO_ROUNDS_QUICK = 3;
    private static final int BALANCE_ROUNDS = 5;
    private static final int BALANCE_ROUNDS_QUICK = 1;
    private static final int FLEET_ROUNDS = 20;
    private static final int FLEET_ROUNDS_QUICK = 5;
    private static final int FLEET_CHANGES = 300;
    private static final int FLEET_CHANGES_QUICK = 30;
    private static final List<String> COMMANDS = List.of("micro", "macro", "balance", "fleet");
    private static final String HELP = """
            usage: mesh bench micro|macro|balance|fleet [--quick] [--json FILE] [--rows a,b] [--rounds N]

            micro    what one call costs in process, beside what is used today (about 15 minutes)
            macro    what a call costs over the wire, beside what is used today and a pair of sidecars (about 20 minutes)
            balance  how well calls are spread when servers misbehave, in virtual time (about half a minute)
            fleet    how soon a registry is ready, what it takes, and how fast a change arrives (about ten minutes)

            --quick      fewer and shorter measurements: two to three minutes for micro and macro, not for publication
            --json FILE  write the figures to FILE too
            --rows a,b   only these rows; micro always measures the floor too, macro the raw client
            --rounds N   how often each row is measured (micro: %d, macro: %d, fleet: %d) or each scenario simulated (balance: %d)

            rows of micro:   %s
            rows of macro:   %s
            rows of balance: %s
            rows of fleet:   %s""".formatted(
                    MICRO_ROUNDS,
                    MACRO_ROUNDS,
                    FLEET_ROUNDS,
                    BALANCE_ROUNDS,
                    String.join(" ", Row.titles()),
                    String.join(" ", MacroRow.titles()),
                    String.join(" ", Scenario.titles()),
                    String.join(" ", FleetRow.titles()));

    private final PrintStream out;
    private final PrintStream progress;

    Bench(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    /** Runs the command line {@code arguments} and ends the JVM: with 0 when all was measured, 2 when the command line is not understood, 1 otherwise. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err); // JMH passes on what the measured JVMs say; the standard output belongs to the table
        System.exit(new Bench(out, System.err).run(List.of(arguments)));
    }

    /** Runs a command line and returns the exit code. */
    int run(List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (UsageException e) {
            progress.println("mesh bench: " + e.getMessage());
            return USAGE;
        } catch (IOException | IllegalStateException e) {
            progress.println("mesh bench: " + e.getMessage());
            return FAILED;
        }
    }

    private int dispatch(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            progress.println(HELP);
            return USAGE;
        }
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(HELP);
            return OK;
        }
        List<String> rest = arguments.subList(1, arguments.size());
        switch (arguments.get(0)) {
            case "micro" -> micro(Options.parse(rest, Row.titles()));
            case "macro" -> macro(Options.parse(rest, MacroRow.titles()));
            case "balance" -> balance(Options.parse(rest, Scenario.titles()));
            case "fleet" -> fleet(Options.parse(rest, FleetRow.titles()));
            default -> throw new UsageException(Options.unknown("benchmark", arguments.get(0), COMMANDS));
        }
        return OK;
    }

    private void micro(Options options) throws IOException {
        checkWritable(options.json());
        int rounds = options.roundsOr(MICRO_ROUNDS, MICRO_ROUNDS_QUICK);
        List<Measured> measured = new MicroRun(rounds, options.quick(), progress).run(options.rows());
        report(
                MicroReport.lines(measured),
                measured.stream().map(Measured::fields).toList(),
                options.json());
    }

    private void macro(Options options) throws IOException {
        checkWritable(options.json());
        int rounds = options.roundsOr(MACRO_ROUNDS, MACRO_ROUNDS_QUICK);
        List<MacroFigure> figures = new MacroRun(rounds, options.quick(), progress).run(options.rows());
        report(
                MacroReport.lines(figures),
                figures.stream().map(figure -> figure.fields(figures)).toList(),
                options.json());
    }

    private void balance(Options options) throws IOException {
        checkWritable(options.json());
        int rounds = options.roundsOr(BALANCE_ROUNDS, BALANCE_ROUNDS_QUICK);
        List<Balanced> balanced = new BalanceRun(rounds, progress).run(options.rows());
        report(
                BalanceReport.lines(balanced),
                balanced.stream().map(Balanced::fields).toList(),
                options.json());
    }

    private void fleet(Options options) throws IOException {
        checkWritable(options.json());
        int rounds = options.roundsOr(FLEET_ROUNDS, FLEET_ROUNDS_QUICK);
        int changes = options.quick() ? FLEET_CHANGES_QUICK : FLEET_CHANGES;
        List<FleetFigure> figures = new FleetRun(rounds, changes, progress).run(options.rows());
        report(
                FleetReport.lines(figures),
                figures.stream().map(FleetFigure::fields).toList(),
                options.json());
    }

    private void report(List<String> table, List<Map<String, Object>> rows, @Nullable Path json) throws IOException {
        Machine machine = Machine.here();
        out.println(machine.line());
        table.forEach(out::println);
        if (json != null) {
            JsonReport.write(json, machine, rows);
        }
    }

    /** Says before minutes are spent that the file cannot be written. */
    private static void checkWritable(@Nullable Path json) {
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            boolean writable = Files.exists(json)
                    ? Files.isWritable(json) && !Files.isDirectory(json)
                    : folder != null && Files.isWritable(folder);
            if (!writable) {
                throw new UsageException("--json: '" + json + "' (expected: a file that can be written)");
            }
        }
    }
}
