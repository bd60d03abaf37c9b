/**
 * One process's link to the mesh. Start at {@link io.tulle.client.Mesh}.
 */
@NullMarked
package io.tulle.client;

import org.jspecify.annotations.NullMarked;
