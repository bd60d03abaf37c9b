/** A planted adapter. */
@NullMarked
package planted.http;

import org.jspecify.annotations.NullMarked;
