/**
 * The processes of the demo: {@link io.tulle.examples.bookshop.process.Shop} is what visitors need, {@link
 * io.tulle.examples.bookshop.process.RegistryProcess} tells them about each other, {@link io.tulle.examples.bookshop.process.Manifests} is the configuration.
 */
@NullMarked
package io.tulle.examples.bookshop.process;

import org.jspecify.annotations.NullMarked;
