package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Script;
import io.tulle.examples.bookshop.script.Split;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The end of the demo: the whole table, and what it comes to. */
public final class Summary {
    private final List<PhaseReport> reports;
    private final PrintStream out;
    private final Ink ink;

    /** Creates a summary of all steps. */
    public Summary(List<PhaseReport> reports, Terminal terminal) {
        this.reports = List.copyOf(reports);
        out = terminal.out();
        ink = new Ink(terminal);
    }

    /** Returns whether no request failed, every split holds and no instance was lost. */
    public boolean passed() {
        return failed() == 0 && splits().stream().allMatch(Split::holds) && lost().isEmpty();
    }

    /** Prints table and verdict of a run with the mesh. */
    public void print() {
        table();
        out.println();
        verdict(failed() == 0, pages());
        whatFailed();
        long hold = splits().stream().filter(Split::holds).count();
        verdict(
                hold == splits().size(),
                hold + " of " + splits().size() + " splits within 3.3 sqrt(p(1-p)/n), counted by the servers");
        reports.stream()
                .filter(report -> report.split() != null && !report.split().holds())
                .forEach(this::explain);
        verdict(lost().isEmpty(), lost().isEmpty() ? "no storefront ever missed an instance that ran" : missed());
        out.println("        " + slow());
    }

    /**
     * Prints table and lesson of a run without the mesh.
     *
     * @param leftOut names of the steps that only a mesh can play
     */
    public void printControl(List<String> leftOut) {
        table();
        PhaseLine line = new PhaseLine(ink);
        leftOut.forEach(name -> out.println(line.notAvailable(name)));
        out.println();
        out.println(
                "  This was the control: plain OkHttp and grpc-java, client-side round robin, a timeout. What went wrong without the mesh:");
        whatFailed();
        out.println("        " + slow());
        out.println("  " + pages() + ". Splits are not available: round robin knows no weights.");
        out.println(
                "  Nor are certificates: TLS set up by hand reads its files once, at the start. The control speaks plain text.");
        out.println("  A demonstration, not a test: its exit code is 0.");
    }

    private void whatFailed() {
        for (PhaseReport report : reports) {
            if (report.failed() > 0) {
                out.println("  " + ink.bad(String.format(Locale.ROOT, "%6d", report.failed())) + " pages failed in '"
                        + report.name() + "', most often: " + report.reason());
            }
        }
    }

    private void table() {
        PhaseLine line = new PhaseLine(ink);
        out.println();
        out.println(line.header());
        reports.forEach(report -> out.println(line.line(report)));
    }

    private void verdict(boolean good, String text) {
        out.println("  " + (good ? ink.good("ok    ") : ink.bad("FAILED")) + " " + text);
    }

    private void explain(PhaseReport report) {
        Split split = Objects.requireNonNull(report.split());
        out.printf(
                Locale.ROOT,
                "        '%s': v1 got %d of %d calls, %.4f (expected: %.2f within %.4f, from %d calls on)%n",
                report.name(),
                split.v1(),
                split.calls(),
                split.v1Share(),
                split.v1Percent() / 100.0,
                split.bound(),
                split.atLeast());
    }

    private String pages() {
        return failed() + " of " + requests() + " page requests failed";
    }

    private String missed() {
        return "a storefront missed instances that ran: " + String.join(" ", lost());
    }

    private String slow() {
        for (int i = 1; i < reports.size(); i++) {
            if (reports.get(i).name().equals(Script.SLOW)) {
                double before = reports.get(i - 1).p99();
                double then = reports.get(i).p99();
                return String.format(
                        Locale.ROOT,
                        "p99 while one instance was 10x slower: %.1f ms, %.2f times that of the step before (%.1f ms)",
                        then,
                        before <= 0 ? 0 : then / before,
                        before);
            }
        }
        return "";
    }

    private long requests() {
        return reports.stream().mapToLong(PhaseReport::requests).sum();
    }

    private long failed() {
        return reports.stream().mapToLong(PhaseReport::failed).sum();
    }

    private List<String> lost() {
        return reports.stream()
                .flatMap(report -> report.lost().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<Split> splits() {
        return reports.stream().map(PhaseReport::split).filter(Objects::nonNull).toList();
    }
}
