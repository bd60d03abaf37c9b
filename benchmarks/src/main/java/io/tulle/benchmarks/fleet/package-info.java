/**
 * What a registry costs and how fast it is, with real processes: {@link io.tulle.benchmarks.fleet.FleetRun} measures how soon it is ready and how much memory
 * it takes, and how long a change takes to reach real clients; each beside a bare peer.
 */
@NullMarked
package io.tulle.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
