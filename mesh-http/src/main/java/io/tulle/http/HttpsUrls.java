package io.tulle.http;

import java.util.concurrent.atomic.AtomicReferenceArray;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The {@code https} twins of URLs. OkHttp takes 600 bytes and more to make one, so those of URLs that are called again and again are kept: at most {@value
 * #KEPT}, each in a place given by its hash, where the latest stays. One with a query or a user's name is not kept, as that may be a secret, nor one that is
 * long: what is kept has a bound. Thread-safe, without locks.
 */
final class HttpsUrls {
    private static final int KEPT = 128;
    private static final int LONGEST = 256; // characters

    private final AtomicReferenceArray<@Nullable Twins> kept = new AtomicReferenceArray<>(KEPT);

    private record Twins(HttpUrl plain, HttpUrl secure) {}

    /** Returns {@code url} with the scheme {@code https}; a port that it does not say becomes that scheme's. */
    HttpUrl of(HttpUrl url) {
        if (url.isHttps()) {
            return url;
        }
        int place = Math.floorMod(url.hashCode(), KEPT);
        Twins known = kept.get(place);
        if (known != null && known.plain.equals(url)) {
            return known.secure;
        }
        HttpUrl secure = url.newBuilder().scheme("https").build();
        if (worthKeeping(url)) {
            kept.set(place, new Twins(url, secure));
        }
        return secure;
    }

    private static boolean worthKeeping(HttpUrl url) {
        return url.querySize() == 0
                && url.encodedUsername().isEmpty()
                && url.encodedPassword().isEmpty()
                && url.toString().length() <= LONGEST;
    }
}
