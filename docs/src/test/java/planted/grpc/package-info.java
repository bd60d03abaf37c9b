/** A planted adapter. */
@NullMarked
package planted.grpc;

import org.jspecify.annotations.NullMarked;
