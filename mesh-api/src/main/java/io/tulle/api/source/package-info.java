/**
 * Where configuration comes from: a {@link io.tulle.api.source.ResourceSource} delivers complete sets of resources.
 */
@NullMarked
package io.tulle.api.source;

import org.jspecify.annotations.NullMarked;
