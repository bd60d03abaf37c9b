/** A planted API. */
@NullMarked
package planted.api;

import org.jspecify.annotations.NullMarked;
