/**
 * What is in the store, decoded and by service: the read side that validation, sessions and watch share.
 */
@NullMarked
package io.tulle.registry.catalog;

import org.jspecify.annotations.NullMarked;
