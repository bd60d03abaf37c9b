package io.tulle.examples.bookshop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void survivesTheWayAsText() {
        Histogram histogram = Latencies.histogram();
        histogram.recordValue(12_345);
        histogram.recordValueWithCount(1, 99);

        assertThat(Latencies.decode(Latencies.encode(histogram))).isEqualTo(histogram);
    }

    @Test
    void refusesWhatIsNoHistogram() {
        assertThatThrownBy(() -> Latencies.decode("AAAA")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void keepsEveryLatencyInRange() {
        assertThat(Latencies.micros(-1)).isZero();
        assertThat(Latencies.micros(Long.MAX_VALUE)).isEqualTo(Latencies.LONGEST_MICROS);
    }
}
