/**
 * Real time: the timer wheel ({@link io.tulle.client.time.WheelScheduler}) and waiting threads ({@link
 * io.tulle.client.time.ThreadParker}).
 */
@NullMarked
package io.tulle.client.time;

import org.jspecify.annotations.NullMarked;
