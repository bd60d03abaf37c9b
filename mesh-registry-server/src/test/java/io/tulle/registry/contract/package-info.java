/**
 * Holds what a registry answers against its contract: {@link io.tulle.registry.contract.ContractClient} is for every test that asks one over HTTP.
 */
@NullMarked
package io.tulle.registry.contract;

import org.jspecify.annotations.NullMarked;
