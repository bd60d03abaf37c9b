/**
 * The tests that hold the architecture. {@link io.tulle.docs.HouseRule} states the rules, {@link io.tulle.docs.ArchitectureTest} runs them on
 * Tulle, and {@link io.tulle.docs.HouseRuleTest} runs them on classes in {@code planted} that break them.
 */
@NullMarked
package io.tulle.docs;

import org.jspecify.annotations.NullMarked;
