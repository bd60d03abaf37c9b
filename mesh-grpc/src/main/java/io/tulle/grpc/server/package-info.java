/**
 * The serving side for gRPC: {@link io.tulle.grpc.server.MeshServerInterceptor}. {@link io.tulle.grpc.server.GrpcCallContext} finds what is being served in
 * gRPC's context.
 */
@NullMarked
package io.tulle.grpc.server;

import org.jspecify.annotations.NullMarked;
