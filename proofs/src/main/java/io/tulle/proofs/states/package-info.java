/**
 * What calls notice while the registry is in trouble: nothing. {@link io.tulle.proofs.states.StatesRun} puts the registry of a small shop into one state after
 * the other ({@link io.tulle.proofs.states.State}) and counts.
 */
@NullMarked
package io.tulle.proofs.states;

import org.jspecify.annotations.NullMarked;
