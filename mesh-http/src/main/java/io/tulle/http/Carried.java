package io.tulle.http;

import io.tulle.api.context.CallContext;
import java.io.IOException;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the carrier of a call takes along to the thread that runs the application's interceptors: a tag of the carrier.
 *
 * @param context where the application has made the call
 * @param listener what the application has added to the call
 * @param madeNanos when that was, on the machine's clock: the caller's deadline counts from it
 */
record Carried(CallContext context, @Nullable EventListener listener, long madeNanos) {
    /** The first interceptor: makes the context current for those after it. */
    static final Interceptor RESTORE = chain -> {
        Carried carried = chain.call().tag(Carried.class);
        return carried == null ? chain.proceed(chain.request()) : carried.proceed(chain);
    };

    private Response proceed(Interceptor.Chain chain) throws IOException {
        CallContext.Scope scope = context.makeCurrent();
        try {
            return chain.proceed(chain.request());
        } finally {
            scope.close();
        }
    }
}
