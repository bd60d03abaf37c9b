package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.TargetRow;
import java.util.Locale;

/** Table rows about services and subsets. */
final class Rows {
    private final Ink ink;

    Rows(Ink ink) {
        this.ink = ink;
    }

    String header() {
        return ink.faint(String.format(
                Locale.ROOT,
                "  %-12s %8s %8s %8s %8s %8s  %s",
                "",
                "calls/s",
                "p50 ms",
                "p99 ms",
                "errors",
                "retries",
                "ejected"));
    }

    String row(TargetRow row) {
        String errors = String.format(Locale.ROOT, "%8d", row.errors());
        String ejected = row.ejected().isEmpty() ? "-" : String.join(" ", row.ejected());
        return String.format(
                Locale.ROOT,
                "  %-12s %8.0f %8.1f %8.1f %s %8d  %s",
                row.target(),
                row.rate(),
                row.p50(),
                row.p99(),
                row.errors() > 0 ? ink.bad(errors) : errors,
                row.retries(),
                row.ejected().isEmpty() ? ejected : ink.warn(ejected));
    }
}
