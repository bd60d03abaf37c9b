/**
 * What the registry's process logs and how: {@link io.tulle.registry.log.LogSetup}.
 */
@NullMarked
package io.tulle.registry.log;

import org.jspecify.annotations.NullMarked;
