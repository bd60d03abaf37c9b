package io.tulle.benchmarks.macro;

import io.tulle.benchmarks.report.Estimate;
import java.util.List;

/**
 * What we promise of a row.
 *
 * @param row ours
 * @param other which it is compared with
 * @param figure how
 * @param atLeast whether the bound is the least that it may be; else the most
 * @param bound the value promised
 */
record Promise(MacroRow row, MacroRow other, Figure figure, boolean atLeast, double bound) {
    static final List<Promise> ALL = List.of(
            atLeast(MacroRow.TULLE_OKHTTP, MacroRow.OKHTTP, Figure.THROUGHPUT, 0.97),
            atMost(MacroRow.TULLE_OKHTTP, MacroRow.OKHTTP, Figure.CPU, 1.05),
            atMost(MacroRow.TULLE_OKHTTP, MacroRow.OKHTTP, Figure.MORE_BYTES, 400),
            atMost(MacroRow.TULLE_OKHTTP, MacroRow.OKHTTP, Figure.ADDED_P50, 5),
            atLeast(MacroRow.TULLE_OKHTTP, MacroRow.ARMERIA, Figure.THROUGHPUT, 1.6),
            atLeast(MacroRow.TULLE_OKHTTP_MTLS, MacroRow.OKHTTP_MTLS, Figure.THROUGHPUT, 0.98),
            atLeast(MacroRow.TULLE_OKHTTP_MTLS, MacroRow.HAPROXY2_MTLS, Figure.THROUGHPUT, 2.4),
            atMost(MacroRow.TULLE_OKHTTP_MTLS, MacroRow.HAPROXY2_MTLS, Figure.CPU, 0.36),
            atMost(MacroRow.TULLE_GRPC, MacroRow.GRPC_ROUND_ROBIN, Figure.CPU, 1.03),
            atLeast(MacroRow.TULLE_GRPC, MacroRow.GRPC_XDS, Figure.THROUGHPUT, 1),
            atMost(MacroRow.TULLE_GRPC, MacroRow.GRPC_XDS, Figure.CPU, 1),
            atMost(MacroRow.TULLE_GRPC, MacroRow.GRPC_XDS, Figure.MORE_BYTES, 0),
            atMost(MacroRow.TULLE_GRPC, MacroRow.GRPC_XDS, Figure.ADDED_P50, 0));

    private static Promise atLeast(MacroRow row, MacroRow other, Figure figure, double bound) {
        return new Promise(row, other, figure, true, bound);
    }

    private static Promise atMost(MacroRow row, MacroRow other, Figure figure, double bound) {
        return new Promise(row, other, figure, false, bound);
    }

    /** Returns what we promise of {@code row}. */
    static List<Promise> of(MacroRow row) {
        return ALL.stream().filter(promise -> promise.row == row).toList();
    }

    /** Says whether it is kept; where the interval holds the bound, that this run cannot tell. */
    String verdict(Estimate measured) {
        boolean low = kept(measured.low());
        boolean high = kept(measured.high());
        return low && high ? "kept" : low || high ? "kept or not" : "MISSED";
    }

    private boolean kept(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    String text() {
        return (atLeast ? ">= " : "<= ") + figure.text(bound);
    }
}
