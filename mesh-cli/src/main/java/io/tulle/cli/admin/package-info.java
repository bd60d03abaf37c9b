/**
 * The commands that speak with a registry; {@link io.tulle.cli.admin.AdminCommands} has them all. What they share: {@link io.tulle.cli.admin.Target} says which
 * registry and namespace, {@link io.tulle.cli.admin.InputFiles} reads files.
 */
@NullMarked
package io.tulle.cli.admin;

import org.jspecify.annotations.NullMarked;
