package planted.client;

import io.grpc.Channel;

/** Breaks: only grpc uses grpc-java. */
record UsesGrpcJava(Channel channel) {}
