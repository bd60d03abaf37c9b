package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.tulle.api.context.CallContext;

/**
 * A call as the application has started it.
 *
 * @param next the channel below, which makes a call for each attempt
 * @param method what is called
 * @param options as the application, interceptors and the channel have set them
 * @param served what it is made for
 * @param listener the application's
 * @param headers the application's; not changed
 */
record Outbound<Q, R>(
        Channel next,
        MethodDescriptor<Q, R> method,
        CallOptions options,
        CallContext served,
        ClientCall.Listener<R> listener,
        Metadata headers) {}
