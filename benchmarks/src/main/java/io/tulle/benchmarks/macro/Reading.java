package io.tulle.benchmarks.macro;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What was measured of one slice.
 *
 * @param answered calls that were answered
 * @param failed calls that failed
 * @param seconds how long was measured
 * @param p50 median time of a call in microseconds
 * @param p99 99th percentile in microseconds
 * @param clientCpu processor time of the client in seconds
 * @param sidecarCpu processor time of the sidecars in seconds
 * @param backendCpu processor time of the backends in seconds
 * @param bytes allocated by the client
 */
record Reading(
        double answered,
        double failed,
        double seconds,
        double p50,
        double p99,
        double clientCpu,
        double sidecarCpu,
        double backendCpu,
        double bytes) {
    private static final double MICROS = 1e6;

    double perSecond() {
        return answered / seconds;
    }

    /** Returns the processor time of client and sidecars per answered call, in microseconds. */
    double cpu() {
        return (clientCpu + sidecarCpu) / answered * MICROS;
    }

    /** Returns the processor time of all processes per answered call, in microseconds. */
    double allCpu() {
        return (clientCpu + sidecarCpu + backendCpu) / answered * MICROS;
    }

    double bytesPerCall() {
        return bytes / answered;
    }

    /** Returns it as a line for {@link #of(String)}. */
    String line() {
        return DoubleStream.of(answered, failed, seconds, p50, p99, clientCpu, sidecarCpu, backendCpu, bytes)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    static Reading of(String line) {
        double[] figures =
                Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return new Reading(
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                figures[4],
                figures[5],
                figures[6],
                figures[7],
                figures[8]);
    }
}
