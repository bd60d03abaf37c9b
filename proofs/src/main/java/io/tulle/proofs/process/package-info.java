/** Real processes: {@link io.tulle.proofs.process.JavaProgram} is any, {@link io.tulle.proofs.process.RegistryJvm} a registry that can be killed and started again. */
@NullMarked
package io.tulle.proofs.process;

import org.jspecify.annotations.NullMarked;
