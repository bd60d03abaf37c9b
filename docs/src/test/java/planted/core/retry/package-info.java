/** A planted capability. */
@NullMarked
package planted.core.retry;

import org.jspecify.annotations.NullMarked;
