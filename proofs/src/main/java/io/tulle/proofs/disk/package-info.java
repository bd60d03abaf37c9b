/**
 * What a full disk does: {@link io.tulle.proofs.disk.DiskFullCommand}.
 */
@NullMarked
package io.tulle.proofs.disk;

import org.jspecify.annotations.NullMarked;
