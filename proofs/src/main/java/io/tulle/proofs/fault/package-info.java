/**
 * What may be wrong between a process and its registry: {@link io.tulle.proofs.fault.FaultProxy} spoils the connection, {@link
 * io.tulle.proofs.fault.LyingRegistry} spoils what is said.
 */
@NullMarked
package io.tulle.proofs.fault;

import org.jspecify.annotations.NullMarked;
