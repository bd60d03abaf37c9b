/** A generated gRPC stub over the mesh: {@link io.tulle.examples.grpcstub.Health} is what an application writes, {@link io.tulle.examples.grpcstub.Show} runs it. */
@NullMarked
package io.tulle.examples.grpcstub;

import org.jspecify.annotations.NullMarked;
