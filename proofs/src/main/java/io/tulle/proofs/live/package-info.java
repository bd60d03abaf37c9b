/**
 * A registry in a process of its own, with writers and watchers that write down what they see: {@link io.tulle.proofs.live.LiveRun}. Nothing here uses the
 * mesh's own client: what is proven must not prove itself.
 */
@NullMarked
package io.tulle.proofs.live;

import org.jspecify.annotations.NullMarked;
