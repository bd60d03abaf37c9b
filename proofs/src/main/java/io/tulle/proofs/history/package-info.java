/**
 * What a run wrote down, as JSON lines: {@link io.tulle.proofs.history.Recorder} writes it while it happens, {@link io.tulle.proofs.history.History} is the whole.
 */
@NullMarked
package io.tulle.proofs.history;

import org.jspecify.annotations.NullMarked;
