/**
 * Proofs of what the registry promises, each a command: {@code ./mesh proof}.
 */
@NullMarked
package io.tulle.proofs;

import org.jspecify.annotations.NullMarked;
