/**
 * What happens in the demo. {@link io.tulle.examples.bookshop.script.Script} lists the steps, {@link
 * io.tulle.examples.bookshop.script.Player} plays them, {@link io.tulle.examples.bookshop.script.PhaseReport} says how each went. {@link
 * io.tulle.examples.bookshop.script.ControlPlane} is the registry as an operator has it in hand.
 */
@NullMarked
package io.tulle.examples.bookshop.script;

import org.jspecify.annotations.NullMarked;
