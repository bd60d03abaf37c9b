package io.tulle.benchmarks.micro;

import io.tulle.benchmarks.report.Estimate;
import io.tulle.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets what was measured as text. */
public final class MicroReport {
    private MicroReport() {}

    /** Returns a table per number of threads and what must be known to read it. */
    public static List<String> lines(List<Measured> all) {
        List<String> lines = new ArrayList<>();
        for (int threads : all.stream().mapToInt(Measured::threads).distinct().toArray()) {
            List<Measured> some = all.stream()
                    .filter(measured -> measured.threads() == threads)
                    .toList();
            int rounds = some.get(0).rounds();
            lines.add("");
            lines.add(threads + (threads == 1 ? " thread, " : " threads, ") + rounds
                    + " rounds (each row in a JVM of its own, in turn)");
            lines.addAll(table(some, threads).lines());
        }
        lines.add("");
        lines.add(
                "ns: time per operation and thread, median over rounds [95 % bootstrap interval]; x floor: against the floor of the same round;");
        lines.add(
                "cpu: the same of processor time, which neighbours on the machine disturb less. Targets are for a quiet two-core machine.");
        if (all.get(0).rounds() < Effort.ENOUGH_ROUNDS) {
            lines.add("Fewer than " + Effort.ENOUGH_ROUNDS + " rounds: not for publication (--rounds "
                    + Effort.ENOUGH_ROUNDS + ").");
        }
        return lines;
    }

    private static Table table(List<Measured> some, int threads) {
        Table table = new Table(
                "row", "ns", "[95 %]", "min", "max", "B", "x floor", "[95 %]", "cpu ns", "cpu x floor", "target");
        for (Measured measured : some) {
            table.add(
                    measured.row().title(),
                    number(measured.nanos().median(), 1),
                    interval(measured.nanos(), 1),
                    number(measured.fastest(), 1),
                    number(measured.slowest(), 1),
                    number(measured.bytes(), 0),
                    number(measured.ratio().median(), 2),
                    interval(measured.ratio(), 2),
                    number(measured.cpuNanos(), 1),
                    number(measured.cpuRatio().median(), 2),
                    measured.row().target(threads));
        }
        return table;
    }

    private static String interval(Estimate estimate, int digits) {
        return "[" + number(estimate.low(), digits) + ", " + number(estimate.high(), digits) + "]";
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
