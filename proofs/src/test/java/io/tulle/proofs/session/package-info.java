/** A process and a registry as they are, over a socket. */
@NullMarked
package io.tulle.proofs.session;

import org.jspecify.annotations.NullMarked;
