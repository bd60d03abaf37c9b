/**
 * Load balancing: what an endpoint costs ({@link io.tulle.core.balance.EndpointLoad}) and how one is chosen ({@link
 * io.tulle.core.balance.Picker}).
 */
@NullMarked
package io.tulle.core.balance;

import org.jspecify.annotations.NullMarked;
