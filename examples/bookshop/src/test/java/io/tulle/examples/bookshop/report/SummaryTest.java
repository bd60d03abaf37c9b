package io.tulle.examples.bookshop.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Split;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Terminal pipe =
            new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, false);

    private static PhaseReport phase(String name, long failed, double p99, Split split, String... lost) {
        return new PhaseReport(
                name,
                2000,
                failed,
                failed == 0 ? "" : "catalog: 503",
                15,
                p99,
                List.of(),
                List.of(),
                null,
                split,
                List.of(lost),
                "all is back");
    }

    private static Split half(long v1) {
        return new Split(50, v1, 2000 - v1, 2000);
    }

    @Test
    void passesOnlyWithoutFailuresAndWithEverySplitInBound() {
        assertThat(new Summary(List.of(phase("a", 0, 30, half(1000))), pipe).passed())
                .isTrue();
        assertThat(new Summary(List.of(phase("a", 1, 30, half(1000))), pipe).passed())
                .isFalse();
        assertThat(new Summary(List.of(phase("a", 0, 30, half(1100))), pipe).passed())
                .isFalse();
    }

    @Test
    void saysWhereAndWhyPagesHaveFailed() {
        new Summary(List.of(phase("a", 0, 30, half(1000)), phase("b", 3, 30, half(1000))), pipe).print();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("FAILED 3 of 4000", "3 pages failed in 'b', most often: catalog: 503")
                .doesNotContain("failed in 'a'");
    }

    @Test
    void failsWhenAStorefrontMissedAnInstance() {
        Summary summary = new Summary(List.of(phase("a", 0, 30, half(1000), "reviews-1")), pipe);
        summary.print();

        assertThat(summary.passed()).isFalse();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("all is back, LOST: reviews-1", "FAILED a storefront missed instances that ran: reviews-1");
    }

    @Test
    void saysWhichSplitIsOffAndByHowMuch() {
        new Summary(List.of(phase("a", 0, 30, half(1100))), pipe).print();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains(
                        "FAILED 0 of 1 splits",
                        "'a': v1 got 1100 of 2000 calls, 0.5500 (expected: 0.50 within 0.0369, from 2000 calls on)");
    }

    @Test
    void comparesTheSlowStepWithTheOneBefore() {
        new Summary(List.of(phase("fails", 0, 30, half(1000)), phase("10x slower", 0, 36, half(1000))), pipe).print();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("36.0 ms, 1.20 times that of the step before (30.0 ms)");
    }

    @Test
    void controlSaysWhatWentWrong() {
        new Summary(List.of(phase("fails", 123, 30, null), phase("10x slower", 0, 240, null)), pipe)
                .printControl(List.of("registry -9"));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains(
                        "123 pages failed in 'fails', most often: catalog: 503",
                        "8.00 times",
                        "registry -9    not available: only in a mesh",
                        "not available",
                        "reads its files once",
                        "its exit code is 0");
    }

    @Test
    void sendsPlainAsciiToAPipe() {
        new Summary(List.of(phase("fails", 123, 30, half(1000))), pipe).print();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).matches("[\\n\\x20-\\x7e]*");
    }
}
