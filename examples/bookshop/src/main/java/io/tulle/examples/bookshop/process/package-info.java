/** The processes of the shop and their configuration. Starting point: {@link io.tulle.examples.bookshop.process.Shop}. */
@NullMarked
package io.tulle.examples.bookshop.process;

import org.jspecify.annotations.NullMarked;
