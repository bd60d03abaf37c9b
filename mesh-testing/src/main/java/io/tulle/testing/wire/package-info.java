/**
 * Servers that misbehave on purpose, written in bytes on plain sockets: no HTTP library corrects what a script says. {@link
 * io.tulle.testing.wire.WireServer} is one; {@link io.tulle.testing.wire.WireScript} says what it answers, {@link io.tulle.testing.wire.Http1} and {@link
 * io.tulle.testing.wire.Http2} are the words for it.
 */
@NullMarked
package io.tulle.testing.wire;

import org.jspecify.annotations.NullMarked;
