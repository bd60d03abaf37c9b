/**
 * Listeners that come with the client: {@link io.tulle.client.observe.LoggingListener} (always there), {@link
 * io.tulle.client.observe.AccessLogListener} and {@link io.tulle.client.observe.MicrometerListener}.
 */
@NullMarked
package io.tulle.client.observe;

import org.jspecify.annotations.NullMarked;
