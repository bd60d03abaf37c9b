package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.store.ReadOnlyStoreException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @Test
    void aFullDiskIsSaidAsItIs() {
        ReadOnlyStoreException full =
                new ReadOnlyStoreException("the disk is full; make room", new IOException("full"));

        ProblemException problem = Problems.of(new CompletionException(full), "PUT /api/v1/anything");

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("read-only");
        assertThat(problem).hasMessage("the disk is full; make room");
    }

    @Test
    void whatNobodyExpectedIsInTheLogUnderTheIdOfTheAnswer() {
        ProblemException problem = Problems.of(new IllegalStateException("secret"), "GET /api/v1/anything");

        assertThat(problem.code()).isEqualTo("internal-error");
        assertThat(problem.getMessage()).matches(".*under [-0-9a-f]{36}").doesNotContain("secret");
    }
}
