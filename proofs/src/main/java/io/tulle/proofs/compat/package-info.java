/**
 * Registries and clients of neighbouring versions talk to each other: {@link io.tulle.proofs.compat.CompatCommand} builds the former version from this repository's
 * history and pairs it with this one.
 */
@NullMarked
package io.tulle.proofs.compat;

import org.jspecify.annotations.NullMarked;
