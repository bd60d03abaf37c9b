/** A planted capability. */
@NullMarked
package planted.core.breaker;

import org.jspecify.annotations.NullMarked;
