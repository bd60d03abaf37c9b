/**
 * The breaker of a whole service: {@link io.tulle.core.breaker.CircuitBreaker}.
 */
@NullMarked
package io.tulle.core.breaker;

import org.jspecify.annotations.NullMarked;
