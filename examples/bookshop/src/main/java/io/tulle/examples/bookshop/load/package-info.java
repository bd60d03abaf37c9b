/** An open loop of requests. Starting point: {@link io.tulle.examples.bookshop.load.LoadGenerator}. */
@NullMarked
package io.tulle.examples.bookshop.load;

import org.jspecify.annotations.NullMarked;
