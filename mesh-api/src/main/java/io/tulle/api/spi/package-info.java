/** Extension points: what others may put into the path of a call. */
@NullMarked
package io.tulle.api.spi;

import org.jspecify.annotations.NullMarked;
