/**
 * Fixtures for tests of and with the mesh: {@link io.tulle.testing.ManualClock} is time, {@link io.tulle.testing.FakeTransport} is the wire, {@link
 * io.tulle.testing.RecordingTrace} and {@link io.tulle.testing.RecordingListener} see what was decided.
 */
@NullMarked
package io.tulle.testing;

import org.jspecify.annotations.NullMarked;
