/**
 * What the command prints: {@link io.tulle.cli.text.Table}, {@link io.tulle.cli.text.Palette}, and {@link io.tulle.cli.text.Printable}, through which
 * everything goes that somebody else wrote.
 */
@NullMarked
package io.tulle.cli.text;

import org.jspecify.annotations.NullMarked;
