/**
 * The serving side for HTTP: {@link io.tulle.http.server.MeshFilter} for Servlet containers, {@link io.tulle.http.server.MeshExchangeFilter} for the JDK's server.
 */
@NullMarked
package io.tulle.http.server;

import org.jspecify.annotations.NullMarked;
