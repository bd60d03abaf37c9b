package io.tulle.registry.http;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /api/v1/health}.
 *
 * @param live always true: who answers lives
 * @param ready whether the store is read
 * @param epoch identity of the store's data; absent until it is read
 * @param revision the store's newest revision; 0 until it is read
 * @param readOnly whether the store refuses writes
 */
public record Health(boolean live, boolean ready, @Nullable String epoch, long revision, boolean readOnly) {
    static final Health STARTING = new Health(true, false, null, 0, false);
}
