/**
 * Time as a dependency: everything that needs a clock or a timer is given one, so that tests and simulations run in virtual time.
 */
@NullMarked
package io.tulle.api.time;

import org.jspecify.annotations.NullMarked;
