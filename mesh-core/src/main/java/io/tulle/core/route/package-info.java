/**
 * Routing: which rule a request matches ({@link io.tulle.core.route.RuleIndex}, {@link io.tulle.core.route.RuleMatcher}) and how
 * a rule's calls are split ({@link io.tulle.core.route.WeightedSplit}).
 */
@NullMarked
package io.tulle.core.route;

import org.jspecify.annotations.NullMarked;
