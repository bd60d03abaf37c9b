package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads: order, prefixes, pages, the past, compaction. */
abstract class RangeTck extends StoreTck {
    RangeTck(Opening opening) {
        super(opening);
    }

    @Test
    void ordersKeysAsTheirBytesAre() {
        List<String> ordered =
                List.of("a", "a\u0001", "a/b", "aa", "b", "é", "\uE000", "\uFFFF", "😀", "😀a", "\uDBFF\uDFFF");
        List.of(3, 9, 0, 7, 10, 1, 6, 4, 8, 2, 5).forEach(i -> put(ordered.get(i), "1"));
        assertThat(store.range("", "", 100, 0).entries()).extracting(Entry::key).isEqualTo(ordered);
        for (int i = 1; i < ordered.size(); i++) {
            assertThat(store.range("", ordered.get(i - 1), 1, 0).entries())
                    .extracting(Entry::key)
                    .containsExactly(ordered.get(i));
        }
    }

    @Test
    void aPrefixEndsWhereItEnds() {
        List.of("a", "a/", "a/b", "a/c", "a0", "b\uD7FF", "b\uD7FFx", "b\uE000", "\uDBFF\uDFFF", "\uDBFF\uDFFFz")
                .forEach(key -> put(key, "1"));
        assertThat(keys("a/")).containsExactly("a/", "a/b", "a/c");
        assertThat(keys("b\uD7FF")).containsExactly("b\uD7FF", "b\uD7FFx");
        assertThat(keys("\uDBFF\uDFFF")).containsExactly("\uDBFF\uDFFF", "\uDBFF\uDFFFz");
        assertThat(keys("c")).isEmpty();
        assertThat(keys("")).hasSize(10);
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 25; i++) {
            put("p/%02d".formatted(i), "1");
        }
        put("q", "1");
        List<String> all = new ArrayList<>();
        Store.Range page = store.range("p/", "", 10, 0);
        for (; page.more(); page = store.range("p/", all.get(all.size() - 1), 10, page.revision())) {
            assertThat(page.entries()).hasSize(10);
            page.entries().forEach(entry -> all.add(entry.key()));
        }
        page.entries().forEach(entry -> all.add(entry.key()));
        assertThat(all).hasSize(25).isSorted().doesNotHaveDuplicates();
        assertThat(store.range("p/", "", 25, 0).more()).isFalse();
        assertThat(store.range("p/", "", 24, 0).more()).isTrue();
        assertThat(store.range("", "", Integer.MAX_VALUE, 0).entries()).hasSize(26);
        assertThat(store.range("p/", "a", 1, 0).entries())
                .extracting(Entry::key)
                .containsExactly("p/00");
        assertThat(store.range("p/", "z", 1, 0).entries()).isEmpty();
    }

    @Test
    void thePastStaysAsItWas() {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        delete("b");
        put("c", "1");
        assertThat(texts(1)).containsExactly("a=1");
        assertThat(texts(2)).containsExactly("a=1", "b=1");
        assertThat(texts(3)).containsExactly("a=2", "b=1");
        assertThat(texts(4)).containsExactly("a=2");
        assertThat(texts(5)).containsExactly("a=2", "c=1");
        assertThat(store.range("", "", 1, 0).revision()).isEqualTo(5);
        assertThat(store.range("", "", 1, 3).revision()).isEqualTo(3);
    }

    @Test
    void theFutureAndNonsenseAreRefused() {
        put("a", "1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.range("", "", 1, 2))
                .withMessage("revision: 2 (expected: 0..1)");
        assertThatIllegalArgumentException().isThrownBy(() -> store.range("", "", 1, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.range("", "", 0, 1))
                .withMessage("limit: 0 (expected: 1..2147483647)");
        assertThatIllegalArgumentException().isThrownBy(() -> done(store.compact(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> done(store.compact(-1)));
    }

    @Test
    void compactionKeepsWhatIsStillToBeSeen() {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        delete("b");
        put("a", "3");
        put("b", "2");
        List<List<String>> before = List.of(texts(4), texts(5), texts(6));
        assertThat(done(store.compact(4))).isEqualTo(4);
        assertThat(store.compacted()).isEqualTo(4);
        assertThat(List.of(texts(4), texts(5), texts(6))).isEqualTo(before);
        assertThatExceptionOfType(CompactedException.class)
                .isThrownBy(() -> texts(3))
                .withMessage("revision 3 is compacted (expected: 4 or later)")
                .extracting(CompactedException::compacted)
                .isEqualTo(4L);
        assertThat(store.revision()).isEqualTo(6);
    }

    @Test
    void compactionNeverGoesBack() {
        for (int i = 0; i < 5; i++) {
            put("a", "" + i);
        }
        assertThat(done(store.compact(3))).isEqualTo(3);
        assertThat(done(store.compact(2))).isEqualTo(3);
        assertThat(store.compacted()).isEqualTo(3);
    }

    @Test
    void compactionOfManyRevisionsComesToItsEnd() {
        for (int i = 0; i < 600; i++) {
            String key = "k" + i % 7;
            commit(all -> all.put(key, bytes("1")));
        }
        assertThat(done(store.compact(600))).isEqualTo(600);
        assertThat(texts(600)).hasSize(7);
        put("k0", "2");
        assertThat(texts(600)).contains("k0=1");
        assertThat(texts(0)).contains("k0=2");
    }

    private List<String> keys(String prefix) {
        return store.range(prefix, "", 100, 0).entries().stream()
                .map(Entry::key)
                .toList();
    }
}
