/**
 * The {@code mesh} command. Start at {@link io.tulle.cli.MeshCommand}.
 */
@NullMarked
package io.tulle.cli;

import org.jspecify.annotations.NullMarked;
