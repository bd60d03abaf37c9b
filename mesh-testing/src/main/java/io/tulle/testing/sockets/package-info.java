/**
 * The driver TCK, ring 2: the same driver over real sockets, with real threads, against servers that misbehave in bytes. To test a driver, implement {@link
 * io.tulle.testing.sockets.SocketDriver} and extend {@link io.tulle.testing.sockets.SocketTck}.
 */
@NullMarked
package io.tulle.testing.sockets;

import org.jspecify.annotations.NullMarked;
