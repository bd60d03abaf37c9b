/** A planted command line. */
@NullMarked
package planted.cli;

import org.jspecify.annotations.NullMarked;
