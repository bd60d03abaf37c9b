/** A planted command line. */
@NullMarked
package planted.registry;

import org.jspecify.annotations.NullMarked;
