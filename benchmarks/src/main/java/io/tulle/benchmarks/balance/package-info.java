/**
 * How well calls are spread, in virtual time: {@link io.tulle.benchmarks.balance.Scenario} lists what may go wrong with a fleet, {@link
 * io.tulle.benchmarks.balance.Simulation} lets the real engine cope with it.
 */
@NullMarked
package io.tulle.benchmarks.balance;

import org.jspecify.annotations.NullMarked;
