package io.tulle.http;

import io.tulle.api.time.Instants;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps an endpoint's client from answering a 503 by itself: OkHttp reads digits in {@code Retry-After} as an int, sends the same request again when that is
 * 0, whatever its method, throws when it is none, and has no setting against either. So 0 comes to be said as a date, which OkHttp leaves alone, and what is
 * too long as the longest wait that it can read. What is sent again is the machine's to decide.
 */
final class OwnFollowUps implements Interceptor {
    static final OwnFollowUps NONE = new OwnFollowUps();
    private static final String NAME = "Retry-After";
    private static final String LONGEST =
            Integer.toString(Integer.MAX_VALUE); // seconds, which are never for the machine

    private OwnFollowUps() {}

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.code() != 503) {
            return response;
        }
        long wait = RetryAfter.nanos(response);
        if (wait == 0) {
            return with(response, response.headers().newBuilder().set(NAME, RetryAfter.sent(response)));
        }
        return wait == Instants.NEVER
                ? with(response, response.headers().newBuilder().set(NAME, LONGEST))
                : response;
    }

    private static Response with(Response response, Headers.Builder headers) {
        return response.newBuilder().headers(headers.build()).build();
    }
}
