/**
 * The session of a process with its registries. Start at {@link io.tulle.client.registry.RegistrySource}; what is believed of what registries say is decided in
 * {@code Beliefs} and {@code ServiceBelief}, what is put in force in {@code Enforcement}, whom to talk to and when in {@code SessionMachine}: all three pure.
 * {@code HttpTransport} and {@code SessionLoop} are what moves.
 */
@NullMarked
package io.tulle.client.registry;

import org.jspecify.annotations.NullMarked;
