/**
 * Bugs that are planted into a real registry or its streams, to see that {@link io.tulle.proofs.check.Checker} finds them: {@link
 * io.tulle.proofs.planted.CheckerCommand}.
 */
@NullMarked
package io.tulle.proofs.planted;

import org.jspecify.annotations.NullMarked;
