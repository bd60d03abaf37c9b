package io.tulle.http;

import java.io.IOException;
import java.time.Instant;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps an endpoint's client from sending a request again by itself: OkHttp answers a 503 that says {@code Retry-After: 0} with the same request, whatever its
 * method, and has no setting against it. Here the header comes to say the same as a date, which OkHttp leaves alone. What is sent again is the machine's to decide.
 */
final class OwnFollowUps implements Interceptor {
    static final OwnFollowUps NONE = new OwnFollowUps();

    private OwnFollowUps() {}

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == 503 && RetryAfter.nanos(response) == 0 ? withDate(response) : response;
    }

    private static Response withDate(Response response) {
        Instant sent = response.headers().getInstant("Date");
        Instant at = sent == null ? Instant.ofEpochMilli(response.receivedResponseAtMillis()) : sent;
        return response.newBuilder()
                .headers(response.headers().newBuilder().set("Retry-After", at).build())
                .build();
    }
}
