/**
 * The root of Tulle's public API. Start at {@link io.tulle.api.MeshException}; the other packages hold resources, the call
 * vocabulary, the listener and the extension points.
 */
@NullMarked
package io.tulle.api;

import org.jspecify.annotations.NullMarked;
