/**
 * Limits on calls in flight: {@link io.tulle.core.limit.InFlightLimit}.
 */
@NullMarked
package io.tulle.core.limit;

import org.jspecify.annotations.NullMarked;
