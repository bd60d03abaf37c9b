/**
 * Says of a recorded history whether the registry kept its promises: {@link io.tulle.proofs.check.Checker}. Because every write carries a unique value
 * and every answer a revision, nothing has to be searched: one pass places each write at its revision, the others compare.
 */
@NullMarked
package io.tulle.proofs.check;

import org.jspecify.annotations.NullMarked;
