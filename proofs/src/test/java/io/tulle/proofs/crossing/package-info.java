/**
 * What crosses from a call that is served to the calls made for it, over real servers and clients of every adapter: start at
 * {@link io.tulle.proofs.crossing.CrossingTest}.
 */
@NullMarked
package io.tulle.proofs.crossing;

import org.jspecify.annotations.NullMarked;
