/**
 * The generic resource machinery: what reads and writes resources of every kind, so that a new kind needs no code here.
 *
 * <p>Start at {@link io.tulle.registry.resource.ResourceReads} and {@link io.tulle.registry.resource.ResourceWrites}; {@link
 * io.tulle.registry.resource.Validation} decides with the engine's own compiler what a process would refuse.
 */
@NullMarked
package io.tulle.registry.resource;

import org.jspecify.annotations.NullMarked;
