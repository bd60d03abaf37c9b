package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Split;
import io.tulle.examples.bookshop.script.Trouble;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step in one line of a table. */
final class PhaseLine {
    private static final int BAR = 16;

    private final Ink ink;

    PhaseLine(Ink ink) {
        this.ink = ink;
    }

    String header() {
        return ink.faint(String.format(
                Locale.ROOT,
                "  %-12s %8s %7s %8s %7s %7s %-" + BAR + "s %-18s %s",
                "step",
                "requests",
                "failed",
                "retries",
                "p50 ms",
                "p99 ms",
                "",
                "catalog v1 : v2",
                "calls to the instance in trouble"));
    }

    String line(PhaseReport report) {
        String failed = String.format(Locale.ROOT, "%7d", report.failed());
        return String.format(
                Locale.ROOT,
                "  %-12s %8d %s %8d %7.1f %7.1f %s %s %s",
                report.name(),
                report.requests(),
                report.failed() > 0 ? ink.bad(failed) : ink.good(failed),
                report.retries(),
                report.p50(),
                report.p99(),
                ink.faint(ink.bar(report.p99(), BAR)),
                split(report.split()),
                trouble(report));
    }

    private String trouble(PhaseReport report) {
        Trouble trouble = report.trouble();
        String used = trouble == null
                ? "-"
                : String.format(Locale.ROOT, "%s: %d of %d", trouble.instance(), trouble.attempts(), trouble.calls());
        return report.ejected().isEmpty() ? used : used + ink.warn(" ejected: " + String.join(" ", report.ejected()));
    }

    private String split(@Nullable Split split) {
        if (split == null) {
            return String.format(Locale.ROOT, "%-18s", "not available");
        }
        String shares = String.format(Locale.ROOT, "%5.1f : %5.1f", 100 * split.v1Share(), 100 * split.v2Share());
        String word = split.holds() ? "ok" : split.enough() ? "OFF" : "few";
        String padded = String.format(Locale.ROOT, "%-4s", word);
        return shares + " " + (split.holds() ? ink.good(padded) : ink.bad(padded));
    }
}
