/**
 * Observation: {@link io.tulle.api.listener.MeshListener} receives every policy decision; metrics, logs and traces are listeners.
 */
@NullMarked
package io.tulle.api.listener;

import org.jspecify.annotations.NullMarked;
