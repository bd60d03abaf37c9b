/** A planted client. */
@NullMarked
package planted.client;

import org.jspecify.annotations.NullMarked;
