/** What simulated and measured calls ask for: {@link io.tulle.benchmarks.request.Get}. */
@NullMarked
package io.tulle.benchmarks.request;

import org.jspecify.annotations.NullMarked;
