/**
 * A shop of several services that call each other through the mesh, and a script that shows what the mesh does for them. {@link
 * io.tulle.examples.bookshop.Demo} runs everything, {@link io.tulle.examples.bookshop.ServiceMain} is one process of the shop.
 */
@NullMarked
package io.tulle.examples.bookshop;

import org.jspecify.annotations.NullMarked;
