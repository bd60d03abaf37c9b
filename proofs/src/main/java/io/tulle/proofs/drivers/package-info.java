/**
 * What drivers are held to: the matrix of scenarios and drivers, races, and virtual threads that are not pinned. The commands run the modules' tests and read
 * the rows that they leave, {@link io.tulle.proofs.drivers.TestRun}.
 */
@NullMarked
package io.tulle.proofs.drivers;

import org.jspecify.annotations.NullMarked;
