/**
 * What processes say to the registry: {@link io.tulle.registry.session.Sessions} opens, renews and ends their sessions and registers their instances, {@link
 * io.tulle.registry.session.Expiries} remembers whose lease has run out, {@link io.tulle.registry.session.Upkeep} forgets what nobody asks for any more.
 */
@NullMarked
package io.tulle.registry.session;

import org.jspecify.annotations.NullMarked;
