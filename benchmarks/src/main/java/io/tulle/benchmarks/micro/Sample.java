package io.tulle.benchmarks.micro;

import io.tulle.benchmarks.report.Estimate;
import java.util.List;

/**
 * What one round says about a row.
 *
 * @param nanos time per operation and thread, one value per measurement
 * @param cpuNanos processor time per operation
 * @param bytes allocated per operation
 */
record Sample(List<Double> nanos, double cpuNanos, double bytes) {
    double median() {
        return Estimate.median(nanos.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
