package planted.http;

import planted.grpc.KeepsAlone;

/** Breaks: adapters do not see each other. */
public record SeesGrpc(KeepsAlone grpc) {}
