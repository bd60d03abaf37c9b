package io.tulle.grpc;

import io.grpc.MethodDescriptor.MethodType;
import io.tulle.testing.tck.DriverTck;
import io.tulle.testing.tck.DriverUnderTest;

class GrpcStreamingDriverTest extends DriverTck {
    @Override
    protected DriverUnderTest driver() {
        return new GrpcDriver(MethodType.BIDI_STREAMING);
    }
}
