package io.tulle.http;

import io.tulle.api.call.MeshHeaders;
import java.io.IOException;
import java.net.SocketException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/** What is wrong with the calls of attempts: mistakes that are easily made with OkHttp. */
enum WireBug {
    NONE,

    /** OkHttp's default: it sends what got no answer again, whatever kind of request it is. */
    LEAVES_RETRIES_TO_OKHTTP {
        @Override
        void plant(OkHttpClient.Builder client) {
            client.retryOnConnectionFailure(true);
        }
    },

    /** That nothing was processed is lost on the way. */
    TAKES_REFUSED_FOR_RESET {
        @Override
        Response intercept(Interceptor.Chain chain) throws IOException {
            try {
                return chain.proceed(chain.request());
            } catch (IOException e) {
                throw (SocketException) new SocketException("Connection reset").initCause(e);
            }
        }
    },

    /** A body that breaks is asked for once more, as if the caller had heard nothing. */
    REPEATS_AFTER_THE_HEAD {
        @Override
        Response intercept(Interceptor.Chain chain) throws IOException {
            Response response = chain.proceed(chain.request());
            try (ResponseBody body = response.body()) {
                byte[] whole = body.bytes();
                return response.newBuilder()
                        .body(ResponseBody.create(whole, body.contentType()))
                        .build();
            } catch (IOException e) {
                return chain.proceed(chain.request());
            }
        }
    },

    /** The end of a connection is taken for the end of the body. */
    TAKES_A_BROKEN_BODY_FOR_WHOLE {
        @Override
        Response intercept(Interceptor.Chain chain) throws IOException {
            return withSource(chain.proceed(chain.request()), body -> new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                    try {
                        return super.read(sink, byteCount);
                    } catch (IOException e) {
                        return -1;
                    }
                }
            });
        }
    },

    /** Who does not want a response forgets that its connection is held by it. */
    LEAVES_AN_UNWANTED_RESPONSE_OPEN {
        @Override
        Response intercept(Interceptor.Chain chain) throws IOException {
            return withSource(chain.proceed(chain.request()), body -> new ForwardingSource(body.source()) {
                @Override
                public void close() {
                    // the bug
                }
            });
        }
    },

    /** The server cannot tell what comes again from what is new. */
    SENDS_EVERY_ATTEMPT_AS_THE_FIRST {
        @Override
        Response intercept(Interceptor.Chain chain) throws IOException {
            return chain.proceed(chain.request()
                    .newBuilder()
                    .removeHeader(MeshHeaders.ATTEMPT)
                    .build());
        }
    };

    /** Makes the client of an endpoint wrong. */
    void plant(OkHttpClient.Builder client) {
        client.addInterceptor(this::intercept);
    }

    Response intercept(Interceptor.Chain chain) throws IOException {
        return chain.proceed(chain.request());
    }

    @FunctionalInterface
    private interface Wrapping {
        ForwardingSource around(ResponseBody body);
    }

    private static Response withSource(Response response, Wrapping wrapping) {
        ResponseBody body = response.body();
        return response.newBuilder()
                .body(ResponseBody.create(Okio.buffer(wrapping.around(body)), body.contentType(), body.contentLength()))
                .build();
    }
}
