/**
 * The services of the shop. {@link io.tulle.examples.bookshop.service.Backend} is catalog or reviews and registers itself ({@link
 * io.tulle.examples.bookshop.service.Membership}), {@link io.tulle.examples.bookshop.service.Storefront} calls both: through the mesh ({@link
 * io.tulle.examples.bookshop.service.MeshBookClient}) or without it ({@link
 * io.tulle.examples.bookshop.service.RoundRobinBookClient}).
 */
@NullMarked
package io.tulle.examples.bookshop.service;

import org.jspecify.annotations.NullMarked;
