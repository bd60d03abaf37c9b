/**
 * One process's link to the mesh. Start at {@link io.tulle.client.Mesh}. A driver builds on {@link io.tulle.client.MeshRuntime} and
 * {@link io.tulle.client.CallAlarm}.
 */
@NullMarked
package io.tulle.client;

import org.jspecify.annotations.NullMarked;
