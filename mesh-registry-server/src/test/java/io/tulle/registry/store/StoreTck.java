package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every implementation of {@link Store} must do, in parts; this one has what the parts share. */
abstract class StoreTck {
    static final Duration LEASE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    final ManualClock clock = new ManualClock(3);
    private final Opening opening;
    Store store;

    /** Opens the store that is tested. */
    @FunctionalInterface
    interface Opening {
        Store open(Path folder, ManualClock clock);
    }

    @SuppressWarnings("NullAway") // set before each test
    StoreTck(Opening opening) {
        this.opening = opening;
    }

    @BeforeEach
    void open() {
        store = opening.open(folder, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    Committed commit(UnaryOperator<Transaction.Builder> what) {
        return done(store.commit(what.apply(Transaction.builder()).build()));
    }

    long put(String key, String value) {
        Committed committed = commit(transaction -> transaction.put(key, bytes(value)));
        assertThat(committed.succeeded()).isTrue();
        return committed.revision();
    }

    long delete(String key) {
        return commit(transaction -> transaction.delete(key)).revision();
    }

    /** Returns what the store holds as {@code key=value} texts. */
    List<String> texts(long revision) {
        return texts(store.range("", "", 1000, revision));
    }

    static List<String> texts(Store.Range range) {
        return range.entries().stream()
                .map(entry -> entry.key() + "=" + text(entry))
                .toList();
    }

    static String text(Entry entry) {
        return new String(entry.value(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> T done(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("a write does not end", e);
        }
    }
}
