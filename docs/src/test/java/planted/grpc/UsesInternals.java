package planted.grpc;

import io.grpc.InternalConfigSelector;

/** Breaks: one class uses internals of grpc. */
record UsesInternals(InternalConfigSelector selector) {}
