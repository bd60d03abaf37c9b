/**
 * The command's link to a registry: {@link io.tulle.cli.registry.Registry} asks, {@link io.tulle.cli.registry.Json} is what it says, {@link
 * io.tulle.cli.registry.ResourceId} says which resource. The reference is {@code docs/registry-protocol.md}.
 */
@NullMarked
package io.tulle.cli.registry;

import org.jspecify.annotations.NullMarked;
