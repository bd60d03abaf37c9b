package io.tulle.benchmarks.balance;

import io.tulle.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets what was simulated as text. */
public final class BalanceReport {
    private BalanceReport() {}

    /** Returns the table and what must be known to read it. */
    public static List<String> lines(List<Balanced> all) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("virtual time, " + all.get(0).runs() + " seeds, the median of them; milliseconds and percent");
        lines.addAll(table(all).lines());
        lines.add("");
        lines.add(
                "10 servers of 8 workers, 5 ms + Exp(5 ms) of work, 60 % load, 5 clients, 1 s deadline; tight: 2 workers, 85 %; -50: 50 clients.");
        lines.add(
                "share: of the attempts, what the bad server got (fair: 10). Retries: up to 3 attempts of 300 ms, budget 10 %.");
        return lines;
    }

    private static Table table(List<Balanced> all) {
        Table table = new Table(
                "scenario",
                "variant",
                "p50",
                "p99",
                "[min, max]",
                "p99.9",
                "errors %",
                "share %",
                "attempts",
                "target",
                "kept");
        for (Balanced balanced : all) {
            Spread spread = balanced.median();
            List<Promise> promises = balanced.promises();
            table.add(
                    balanced.scenario().title(),
                    balanced.variant().title(),
                    number(spread.p50Ms(), 1),
                    number(spread.p99Ms(), 1),
                    "[" + number(balanced.lowestP99(), 1) + ", " + number(balanced.highestP99(), 1) + "]",
                    number(spread.p999Ms(), 1),
                    number(spread.errorPercent(), 3),
                    number(spread.sharePercent(), 2),
                    number(spread.attemptsPerCall(), 3),
                    String.join(", ", promises.stream().map(Promise::text).toList()),
                    promises.isEmpty()
                            ? ""
                            : promises.stream().allMatch(promise -> promise.kept(spread)) ? "yes" : "NO");
        }
        return table;
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
