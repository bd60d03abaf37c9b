/**
 * The registry over HTTP: endpoints, problems, limits, documentation.
 */
@NullMarked
package io.tulle.registry.http;

import org.jspecify.annotations.NullMarked;
