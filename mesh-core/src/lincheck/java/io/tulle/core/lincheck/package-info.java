/**
 * Model checking of what several threads share on the call path: {@code mvn -Plincheck -pl mesh-core -am test}. Lincheck (MPL-2, for these tests only) makes
 * scenarios of the operations of a class, runs them in the interleavings that a bounded number of switches allows, and asks whether some order of the same
 * operations, one after another, explains what each returned.
 */
@NullMarked
package io.tulle.core.lincheck;

import org.jspecify.annotations.NullMarked;
