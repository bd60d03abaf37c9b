package io.tulle.proofs.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineFilterTest {
    private static final List<String> LINES =
            IntStream.range(1, 400).mapToObj(LineFilterTest::change).toList();

    @Test
    void dropLeavesOutChanges() {
        assertThat(filtered(PlantedBug.DROP, false))
                .hasSizeLessThan(LINES.size())
                .isSubsetOf(LINES);
    }

    @Test
    void duplicateSendsChangesTwice() {
        assertThat(filtered(PlantedBug.DUPLICATE, false))
                .hasSizeGreaterThan(LINES.size())
                .containsOnlyOnceElementsOf(List.of(LINES.get(0)))
                .hasSameElementsAs(LINES);
    }

    @Test
    void reorderSendsTheSameChangesInAnotherOrder() {
        assertThat(filtered(PlantedBug.REORDER, false))
                .containsExactlyInAnyOrderElementsOf(LINES)
                .isNotEqualTo(LINES);
    }

    @Test
    void splitLineSendsEachServiceAlone() {
        assertThat(filtered(PlantedBug.SPLIT_LINE, false))
                .hasSize(2 * LINES.size())
                .allMatch(line -> line.contains("shop/a") != line.contains("shop/b"));
    }

    @Test
    void skipOnResumeLeavesOutTheFirstChangeOfAResumedStream() {
        assertThat(filtered(PlantedBug.SKIP_ON_RESUME, true)).isEqualTo(LINES.subList(1, LINES.size()));
        assertThat(filtered(PlantedBug.SKIP_ON_RESUME, false)).isEqualTo(LINES);
    }

    @Test
    void earlyMarkPutsAProgressMarkBeforeItsChange() {
        List<String> sent = filtered(PlantedBug.EARLY_MARK, false);
        String mark = sent.stream()
                .filter(line -> line.contains("progress"))
                .findFirst()
                .orElseThrow();

        String next = sent.get(sent.indexOf(mark) + 1);

        assertThat(next.replace("change", "progress")).startsWith(mark.substring(0, mark.indexOf(",\"services\"")));
    }

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void otherLinesPassUnchanged(PlantedBug bug) {
        String snapshot = change(1).replace("change", "snapshot");

        assertThat(new LineFilter(bug, new Random(1), true).accept(snapshot)).containsExactly(snapshot);
    }

    private static List<String> filtered(PlantedBug bug, boolean resumed) {
        LineFilter filter = new LineFilter(bug, new Random(1), resumed);
        List<String> sent = new ArrayList<>();
        LINES.forEach(line -> sent.addAll(filter.accept(line)));
        return sent;
    }

    private static String change(int revision) {
        return "{\"type\":\"change\",\"epoch\":\"e\",\"revision\":" + revision
                + ",\"services\":[{\"service\":\"shop/a\",\"previous\":1},{\"service\":\"shop/b\",\"previous\":1}]}";
    }
}
