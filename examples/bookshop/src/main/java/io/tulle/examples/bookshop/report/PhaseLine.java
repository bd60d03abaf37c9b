package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Split;
import io.tulle.examples.bookshop.script.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step in one line of a table. */
final class PhaseLine {
    private static final int BAR = 16;
    private static final String NAME = "%-14s";

    private final Ink ink;

    PhaseLine(Ink ink) {
        this.ink = ink;
    }

    String header() {
        return ink.faint(String.format(
                Locale.ROOT,
                "  " + NAME + " %8s %7s %8s %7s %7s %-" + BAR + "s %-18s %s",
                "step",
                "requests",
                "failed",
                "retries",
                "p50 ms",
                "p99 ms",
                "",
                "catalog v1 : v2",
                "what came of it"));
    }

    String line(PhaseReport report) {
        String failed = String.format(Locale.ROOT, "%7d", report.failed());
        return String.format(
                Locale.ROOT,
                "  " + NAME + " %8d %s %8d %7.1f %7.1f %s %s %s",
                report.name(),
                report.requests(),
                report.failed() > 0 ? ink.bad(failed) : ink.good(failed),
                report.retries(),
                report.p50(),
                report.p99(),
                ink.faint(ink.bar(report.p99(), BAR)),
                split(report.split()),
                findings(report));
    }

    /** The line of a step that is not played without a mesh. */
    String notAvailable(String name) {
        return String.format(Locale.ROOT, "  " + NAME + " %s", name, ink.faint("not available: only in a mesh"));
    }

    private String findings(PhaseReport report) {
        List<String> parts = new ArrayList<>();
        Trouble trouble = report.trouble();
        if (trouble != null) {
            parts.add(String.format(
                    Locale.ROOT, "%s got %d of %d calls", trouble.instance(), trouble.attempts(), trouble.calls()));
        }
        if (!report.remark().isEmpty()) {
            parts.add(report.remark());
        }
        if (!report.ejected().isEmpty()) {
            parts.add(ink.warn("ejected: " + String.join(" ", report.ejected())));
        }
        if (!report.lost().isEmpty()) {
            parts.add(ink.bad("LOST: " + String.join(" ", report.lost())));
        }
        return parts.isEmpty() ? "-" : String.join(", ", parts);
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
