/**
 * The stream of what changes: {@link io.tulle.registry.watch.WatchHub} gives every watcher its lines in order and never waits for one of them. It knows no
 * sockets: whoever writes the lines takes them when there is room.
 */
@NullMarked
package io.tulle.registry.watch;

import org.jspecify.annotations.NullMarked;
