package io.tulle.proofs.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {
    @Test
    void aCallThatFailsInAnyWayIsCountedAndTheCallerGoesOn() {
        AtomicInteger calls = new AtomicInteger();
        List<String> failures = new ArrayList<>();
        try (Callers callers = new Callers(() -> fail(calls.getAndIncrement()), 1_000)) {
            await().until(() -> {
                failures.addAll(callers.take().failures());
                return failures.size() > 100;
            });
        }

        assertThat(failures).contains("IOException: of the wire", "IllegalStateException: of the driver");
    }

    private static void fail(int call) throws IOException {
        if (call % 2 == 0) {
            throw new IOException("of the wire");
        }
        throw new IllegalStateException("of the driver");
    }
}
