/**
 * Real processes: {@link io.tulle.proofs.process.JavaProgram} is any, {@link io.tulle.proofs.process.RegistryProcess} a registry, {@link
 * io.tulle.proofs.process.RegistryJvm} one that can be killed and started again.
 */
@NullMarked
package io.tulle.proofs.process;

import org.jspecify.annotations.NullMarked;
