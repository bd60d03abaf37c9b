/**
 * Counting over a sliding window without a shared counter: {@link io.tulle.core.window.StripedWindow}.
 */
@NullMarked
package io.tulle.core.window;

import org.jspecify.annotations.NullMarked;
