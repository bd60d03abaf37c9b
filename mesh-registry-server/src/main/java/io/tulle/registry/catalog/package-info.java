/**
 * What is in the store, decoded and by service: the read side that validation, sessions and watch share. Start at {@link io.tulle.registry.catalog.Catalog};
 * {@link io.tulle.registry.catalog.Keys} says where things stand, {@link io.tulle.registry.catalog.StoredResource} and {@link
 * io.tulle.registry.catalog.Gone} how they are written.
 */
@NullMarked
package io.tulle.registry.catalog;

import org.jspecify.annotations.NullMarked;
