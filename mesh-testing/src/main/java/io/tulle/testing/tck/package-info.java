/**
 * The driver TCK, ring 1: every {@link io.tulle.testing.tck.Scenario} on the driver must give the trace of the bare machine, in virtual time. To test a
 * driver, implement {@link io.tulle.testing.tck.DriverUnderTest} and extend {@link io.tulle.testing.tck.DriverTck}.
 */
@NullMarked
package io.tulle.testing.tck;

import org.jspecify.annotations.NullMarked;
