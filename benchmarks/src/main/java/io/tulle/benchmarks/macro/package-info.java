/**
 * What a call costs over the wire: {@link io.tulle.benchmarks.macro.MacroRun} starts three backends and a client per {@link
 * io.tulle.benchmarks.macro.MacroRow} as processes of their own, lets the clients call in turn and compares them round by round. A way of calling is a
 * {@code Caller}; {@link io.tulle.benchmarks.macro.MacroClient} puts load on it, {@link io.tulle.benchmarks.macro.Backend} answers.
 */
@NullMarked
package io.tulle.benchmarks.macro;

import org.jspecify.annotations.NullMarked;
