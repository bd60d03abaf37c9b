package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result for machines.
 *
 * @param requests pages asked for in all steps
 * @param failed pages that failed
 * @param phases the steps, in order
 */
public record JsonReport(long requests, long failed, List<Phase> phases) {
    private static final double THOUSANDTHS = 1000;
    private static final double SHARE_DIGITS = 10_000;

    /**
     * One step.
     *
     * @param name the step
     * @param requests pages asked for
     * @param failed pages that failed
     * @param retries attempts of the storefronts after the first
     * @param p50Ms milliseconds from the intended start
     * @param p99Ms milliseconds from the intended start
     * @param split shares of catalog's calls by {@code service/subset}, counted by the servers; empty when nobody splits
     * @param lost names of instances that ran and were missing from what a storefront knew
     * @param remark what else came of it, for people; may be empty
     */
    public record Phase(
            String name,
            long requests,
            long failed,
            long retries,
            double p50Ms,
            double p99Ms,
            Map<String, Double> split,
            List<String> lost,
            String remark) {}

    /** Makes the result of all steps. */
    public static JsonReport of(List<PhaseReport> reports) {
        return new JsonReport(
                reports.stream().mapToLong(PhaseReport::requests).sum(),
                reports.stream().mapToLong(PhaseReport::failed).sum(),
                reports.stream().map(JsonReport::phase).toList());
    }

    private static Phase phase(PhaseReport report) {
        return new Phase(
                report.name(),
                report.requests(),
                report.failed(),
                report.retries(),
                rounded(report.p50(), THOUSANDTHS),
                rounded(report.p99(), THOUSANDTHS),
                split(report.split()),
                report.lost(),
                report.remark());
    }

    private static Map<String, Double> split(@Nullable Split split) {
        return split == null
                ? Map.of()
                : new TreeMap<>(Map.of(
                        "catalog/v1",
                        rounded(split.v1Share(), SHARE_DIGITS),
                        "catalog/v2",
                        rounded(split.v2Share(), SHARE_DIGITS)));
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }

    /** Returns the result as JSON text. */
    public String text() {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(this) + "\n";
    }

    /** Writes the result beside a file and renames it, so that the file is never half written; devices and pipes are written to. */
    public void write(Path file) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = real.getParent();
        if (folder == null || !Files.isWritable(folder) || Files.exists(real) && !Files.isRegularFile(real)) {
            Files.writeString(real, text());
            return;
        }
        Path temporary = folder.resolve(real.getFileName() + ".tmp");
        Files.writeString(temporary, text());
        Files.move(temporary, real, StandardCopyOption.REPLACE_EXISTING);
    }
}
