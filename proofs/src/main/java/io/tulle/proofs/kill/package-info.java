/**
 * What survives {@code kill -9}, and whether it would survive the loss of power: {@link io.tulle.proofs.kill.KillCommand}.
 */
@NullMarked
package io.tulle.proofs.kill;

import org.jspecify.annotations.NullMarked;
