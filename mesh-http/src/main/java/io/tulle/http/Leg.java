package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.core.snapshot.ServiceSnapshot;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One of the requests that make up a call with its follow-ups, ready for the machine.
 *
 * @param request as it goes out, with cookies
 * @param host the service's name, as it stands in the URL
 * @param service what that means; null when it is not known
 * @param options of the call, less what of its deadline has been spent
 */
record Leg(Request request, String host, @Nullable ServiceSnapshot service, MeshCallOptions options) {}
