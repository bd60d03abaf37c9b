package io.tulle.http;

import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.MeshSnapshot;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Request;

/** The wire under the driver: makes the OkHttp call of one attempt. Thread-safe. */
interface EndpointCalls {
    /** Returns a call that sends {@code request}, unchanged, to {@code endpoint} and nowhere else, and tells {@code facts} how it goes. */
    Call newCall(Endpoint endpoint, Request request, WireFacts facts);

    /** Returns what to tell of {@code e}, with which a call to {@code endpoint} has failed. */
    default IOException explained(Endpoint endpoint, IOException e) {
        return e;
    }

    /** Says which configuration calls are made with; what belongs to endpoints that have left it is released soon, off the call path. */
    default void inForce(MeshSnapshot snapshot) {}
}
