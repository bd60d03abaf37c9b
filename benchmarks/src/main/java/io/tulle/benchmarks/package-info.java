/**
 * The benchmarks that stand behind published figures; {@link io.tulle.benchmarks.Bench} is where they start.
 */
@NullMarked
package io.tulle.benchmarks;

import org.jspecify.annotations.NullMarked;
