package io.tulle.proofs.states;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets the results as a table. */
final class StatesReport {
    private static final String ROW = "%-18s %7s %9s %7s %7s %7s %10s %6s %9s %8s  %s";

    private StatesReport() {}

    static List<String> lines(List<StateResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                        Locale.ROOT,
                        ROW,
                        "state",
                        "seconds",
                        "requests",
                        "failed",
                        "p50 ms",
                        "p99 ms",
                        "endpoints",
                        "held",
                        "stale ms",
                        "waiting",
                        "the storefront says")
                .stripTrailing());
        results.forEach(result -> lines.add(line(result)));
        results.stream()
                .filter(result -> !result.calls().failures().isEmpty())
                .forEach(result -> lines.add(result.state().title() + " failed first with: "
                        + result.calls().failures().get(0)));
        results.stream()
                .filter(result -> !result.inside().isEmpty())
                .forEach(result -> lines.add(result.state().title() + " waited first at: "
                        + result.inside().get(0)));
        return lines;
    }

    private static String line(StateResult result) {
        return String.format(
                        Locale.ROOT,
                        ROW,
                        result.state().title(),
                        String.format(Locale.ROOT, "%.1f", result.seconds()),
                        result.calls().nanos().length,
                        result.calls().failures().size(),
                        String.format(Locale.ROOT, "%.1f", result.calls().millis(0.5)),
                        String.format(Locale.ROOT, "%.1f", result.calls().millis(0.99)),
                        result.noticed().fewest(),
                        result.noticed().mostHeld(),
                        result.noticed().mostStaleMillis(),
                        result.inside().size(),
                        (result.recovered() ? "" : "(not recovered yet) ")
                                + result.noticed().trouble())
                .stripTrailing();
    }
}
