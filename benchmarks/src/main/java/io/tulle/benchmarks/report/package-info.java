/**
 * What a benchmark prints: {@link io.tulle.benchmarks.report.Table} for people, {@link io.tulle.benchmarks.report.JsonReport} for programs, both with the
 * {@link io.tulle.benchmarks.report.Machine} that the figures belong to.
 */
@NullMarked
package io.tulle.benchmarks.report;

import org.jspecify.annotations.NullMarked;
