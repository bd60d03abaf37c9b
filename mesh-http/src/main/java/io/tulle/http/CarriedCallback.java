package io.tulle.http;

import io.tulle.api.context.CallContext;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/**
 * The callback of a carrier: tells the application's, in the context in which it made the call.
 *
 * @param outer what the application holds
 * @param callback the application's
 * @param context where the application has made the call
 */
record CarriedCallback(Call outer, Callback callback, CallContext context) implements Callback {
    @Override
    public void onResponse(Call carrier, Response response) throws IOException {
        CallContext.Scope scope = context.makeCurrent();
        try {
            callback.onResponse(outer, response);
        } finally {
            scope.close();
        }
    }

    @Override
    public void onFailure(Call carrier, IOException e) {
        CallContext.Scope scope = context.makeCurrent();
        try {
            callback.onFailure(outer, e);
        } finally {
            scope.close();
        }
    }
}
