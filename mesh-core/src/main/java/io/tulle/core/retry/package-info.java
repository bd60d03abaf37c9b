/**
 * Retries: whether another attempt may follow ({@link io.tulle.core.retry.RetryRule}) and what it costs ({@link
 * io.tulle.core.retry.RetryBudget}).
 */
@NullMarked
package io.tulle.core.retry;

import org.jspecify.annotations.NullMarked;
