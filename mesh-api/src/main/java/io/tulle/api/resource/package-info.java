/**
 * The resource model: what the operator writes as YAML, sends as JSON or builds as Java records. Start at
 * {@link io.tulle.api.resource.Resource}; {@link io.tulle.api.resource.Default} says where defaults live.
 */
@NullMarked
package io.tulle.api.resource;

import org.jspecify.annotations.NullMarked;
