package io.tulle.benchmarks.balance;

import java.util.function.ToDoubleFunction;

/** What is promised about. */
enum Figure {
    P99_MS("p99", Spread::p99Ms),
    P999_MS("p99.9", Spread::p999Ms),
    ERROR_PERCENT("errors %", Spread::errorPercent),
    SHARE_PERCENT("share %", Spread::sharePercent);

    private final String title;

    private final ToDoubleFunction<Spread> value;

    Figure(String title, ToDoubleFunction<Spread> value) {
        this.title = title;
        this.value = value;
    }

    String title() {
        return title;
    }

    double of(Spread spread) {
        return value.applyAsDouble(spread);
    }
}
