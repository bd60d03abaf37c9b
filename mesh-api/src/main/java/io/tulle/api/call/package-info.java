/**
 * The vocabulary of a call: what an adapter tells the engine ({@link io.tulle.api.call.RequestHead},
 * {@link io.tulle.api.call.ResponseHead}, {@link io.tulle.api.call.Outcome}) and what the engine concludes
 * ({@link io.tulle.api.call.Verdict}).
 */
@NullMarked
package io.tulle.api.call;

import org.jspecify.annotations.NullMarked;
