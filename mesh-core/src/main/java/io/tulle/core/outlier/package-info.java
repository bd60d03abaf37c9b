/**
 * Endpoint health: one {@link io.tulle.core.outlier.EjectionLedger} per service with one cap; {@link
 * io.tulle.core.outlier.EndpointHealth} is an endpoint's page in it.
 */
@NullMarked
package io.tulle.core.outlier;

import org.jspecify.annotations.NullMarked;
