/** A planted tool of the capabilities. */
@NullMarked
package planted.core.window;

import org.jspecify.annotations.NullMarked;
