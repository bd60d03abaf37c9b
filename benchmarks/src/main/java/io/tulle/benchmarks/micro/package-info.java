/**
 * What one call costs in process. {@link io.tulle.benchmarks.micro.Row} lists what is measured, {@link io.tulle.benchmarks.micro.MicroRun} measures it.
 */
@NullMarked
package io.tulle.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
