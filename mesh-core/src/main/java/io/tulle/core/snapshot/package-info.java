/**
 * Compiled configuration: {@link io.tulle.core.snapshot.MeshSnapshot} is immutable and swapped whole; the state of endpoints
 * survives it.
 */
@NullMarked
package io.tulle.core.snapshot;

import org.jspecify.annotations.NullMarked;
