/** A planted machine. */
@NullMarked
package planted.core.call;

import org.jspecify.annotations.NullMarked;
