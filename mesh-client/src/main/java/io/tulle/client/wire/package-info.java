/**
 * What a process and the registry say to each other: {@link io.tulle.client.wire.OpenSession} and {@link io.tulle.client.wire.SessionOpened} at the
 * beginning, {@link io.tulle.client.wire.Renewal} every third of a lease, {@link io.tulle.client.wire.WatchLine} on the stream. The reference is
 * {@code docs/registry-protocol.md}. Both sides ignore fields that they do not know.
 */
@NullMarked
package io.tulle.client.wire;

import org.jspecify.annotations.NullMarked;
