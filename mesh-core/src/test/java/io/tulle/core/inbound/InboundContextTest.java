package io.tulle.core.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.core.fixture.TestHead;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CallContext of(String... headers) {
        return InboundContext.of(TestHead.of(headers), Instants.NEVER, 5);
    }

    @Test
    void aRequestThatSaysNothingPassesNothingOn() {
        CallContext context = of();
        assertThat(context.deadlineNanos()).isEqualTo(Instants.NEVER);
        assertThat(context.attempt()).isEqualTo(1);
        assertThat(context.traceparent()).isNull();
        assertThat(context.tracestate()).isNull();
        assertThat(context.baggage()).isNull();
        assertThat(context).isNotSameAs(CallContext.NONE);
    }

    @Test
    void theDeadlineIsFromNowOnWhateverTheClockReads() {
        TestHead head = TestHead.of();
        assertThat(InboundContext.of(head, 7, 5).deadlineNanos()).isEqualTo(12);
        assertThat(InboundContext.of(head, 10, Long.MAX_VALUE - 4).deadlineNanos())
                .isEqualTo(Long.MIN_VALUE + 5);
        assertThat(InboundContext.of(head, 4, Long.MAX_VALUE - 4).deadlineNanos())
                .isEqualTo(Instants.NEVER - 1);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "17, 17", "999, 999", "0, 1", "'', 1", "-1, 1", "1000, 1", "x, 1", "2 , 2", "+2, 1", "٣, 1"})
    void anAttemptIsANumberOfThreeDigitsOrTheFirst(String text, int attempt) {
        assertThat(of("x-mesh-attempt", text).attempt()).isEqualTo(attempt);
    }

    @Test
    void traceAndBaggagePass() {
        CallContext context = of("traceparent", PARENT, "tracestate", "a=1,b=2", "baggage", "user=7; p=1");
        assertThat(context.traceparent()).isEqualTo(PARENT);
        assertThat(context.tracestate()).isEqualTo("a=1,b=2");
        assertThat(context.baggage()).isEqualTo("user=7; p=1");
    }

    @Test
    void aTracestateWithoutATraceIsDropped() {
        CallContext context = of("traceparent", PARENT + "," + PARENT, "tracestate", "a=1", "baggage", "b=1");
        assertThat(context.traceparent()).isNull();
        assertThat(context.tracestate()).isNull();
        assertThat(context.baggage()).isEqualTo("b=1");
    }

    @Test
    void whatNoHeaderCanCarryIsDropped() {
        for (String bad : List.of("", "é", "a\nb", "a\rb", "a\u0000", "a\u007f", "a\tb", "x".repeat(8193))) {
            CallContext context = of("traceparent", PARENT, "tracestate", bad, "baggage", bad);
            assertThat(context.traceparent()).isEqualTo(PARENT);
            assertThat(context.tracestate()).isNull();
            assertThat(context.baggage()).isNull();
        }
        assertThat(of("baggage", "x".repeat(8192)).baggage()).hasSize(8192);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PARENT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-brings"
            })
    void parents(String value) {
        assertThat(TraceParent.valid(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                PARENT + "-",
                PARENT + "-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-a b"
            })
    void noParents(String value) {
        assertThat(TraceParent.valid(value)).isFalse();
    }

    @Test
    void aParentIsNotEndless() {
        String later = "cc" + PARENT.substring(2) + "-";
        assertThat(TraceParent.valid(later + "x".repeat(512 - later.length()))).isTrue();
        assertThat(TraceParent.valid(later + "x".repeat(513 - later.length()))).isFalse();
    }

    @Test
    void garbageNeverThrows() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            char[] text = (random.nextBoolean() ? PARENT : "12").toCharArray();
            text[random.nextInt(text.length)] = (char) random.nextInt(0x180);
            String value = new String(text);
            CallContext context = of("traceparent", value, "x-mesh-attempt", value, "baggage", value);
            assertThat(context.attempt()).isBetween(1, 999);
        }
    }
}
