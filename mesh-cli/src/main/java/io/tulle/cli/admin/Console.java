package io.tulle.cli.admin;

import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the command is given besides its arguments.
 *
 * @param in standard input
 * @param environment the value of a variable, or null
 */
public record Console(InputStream in, UnaryOperator<@Nullable String> environment) {}
