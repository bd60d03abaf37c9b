package io.tulle.benchmarks.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one row.
 *
 * @param row which
 * @param samples how often it was measured
 * @param p50 median in milliseconds
 * @param p99 99th percentile in milliseconds; the greatest when there are fewer than a hundred
 * @param max greatest in milliseconds
 * @param residentMb resident memory of the server in MB when it was ready; 0 where that says nothing
 */
public record FleetFigure(FleetRow row, int samples, double p50, double p99, double max, double residentMb) {
    /** Returns name and figures for programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.title());
        fields.put("samples", samples);
        fields.put("p50Ms", p50);
        fields.put("p99Ms", p99);
        fields.put("maxMs", max);
        fields.put("residentMb", residentMb);
        return fields;
    }
}
