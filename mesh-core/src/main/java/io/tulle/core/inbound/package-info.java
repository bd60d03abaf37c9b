/**
 * What a process takes in: {@link io.tulle.core.inbound.InboundGate} admits, {@link io.tulle.core.inbound.InboundContext} reads what a request passes on.
 */
@NullMarked
package io.tulle.core.inbound;

import org.jspecify.annotations.NullMarked;
