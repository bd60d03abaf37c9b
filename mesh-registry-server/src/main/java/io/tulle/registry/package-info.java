/**
 * The registry server. Start at {@code RegistryServer}, which puts the parts together; {@link io.tulle.registry.RegistryOptions} says how it runs.
 */
@NullMarked
package io.tulle.registry;

import org.jspecify.annotations.NullMarked;
