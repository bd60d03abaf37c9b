/**
 * What people and machines see. Starting points: {@link io.tulle.examples.bookshop.report.Terminal}, {@link io.tulle.examples.bookshop.report.Summary} and
 * {@link io.tulle.examples.bookshop.report.JsonReport}.
 */
@NullMarked
package io.tulle.examples.bookshop.report;

import org.jspecify.annotations.NullMarked;
