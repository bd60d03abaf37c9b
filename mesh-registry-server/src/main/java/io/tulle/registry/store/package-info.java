/**
 * Where resources are kept: {@link io.tulle.registry.store.Store} is the contract, in the shape of etcd; one set of tests runs on every implementation.
 */
@NullMarked
package io.tulle.registry.store;

import org.jspecify.annotations.NullMarked;
