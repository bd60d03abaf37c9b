package io.tulle.http;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The body of a committed response: what OkHttp gave, read through an {@link AttemptSource}. */
final class AttemptBody extends ResponseBody {
    private final ResponseBody wire;
    private final BufferedSource source;

    AttemptBody(ResponseBody wire, WireAttempt attempt) {
        this.wire = wire;
        source = Okio.buffer(new AttemptSource(wire.source(), wire.contentLength(), attempt));
    }

    @Override
    public @Nullable MediaType contentType() {
        return wire.contentType();
    }

    @Override
    public long contentLength() {
        return wire.contentLength();
    }

    @Override
    public BufferedSource source() {
        return source;
    }
}
