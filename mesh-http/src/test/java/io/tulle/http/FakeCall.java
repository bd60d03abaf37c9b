package io.tulle.http;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.testing.FakeExchange;
import io.tulle.testing.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/**
 * An attempt's OkHttp call over a scripted exchange: blocks by moving virtual time, or calls back while that is moved, and tells the facts that OkHttp
 * tells.
 */
final class FakeCall implements Call {
    private final FakeExchange exchange;
    private final Request request;
    private final EventListener facts;
    private boolean executed;
    private boolean cancelled;

    FakeCall(FakeExchange exchange, Request request, EventListener facts) {
        this.exchange = exchange;
        this.request = request;
        this.facts = facts;
    }

    @Override
    public Response execute() throws IOException {
        executed = true;
        write();
        if (exchange.awaitHead()) {
            return response();
        }
        throw failure();
    }

    @Override
    public void enqueue(Callback responseCallback) {
        executed = true;
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException("a scripted body is written to memory", e);
        }
        exchange.start(new Receiving(responseCallback));
    }

    private void write() throws IOException {
        if (exchange.reply().sends()) {
            facts.requestHeadersStart(this);
            RequestBody body = request.body();
            if (body != null) {
                facts.requestBodyStart(this);
                Buffer written = new Buffer();
                body.writeTo(written);
                facts.requestBodyEnd(this, written.size());
            }
        }
    }

    private IOException failure() {
        Outcome outcome = exchange.outcome();
        return exception(outcome == null ? TransportError.CANCELLED : outcome.error());
    }

    private final class Receiving implements FakeExchange.Receiver {
        private final Callback callback;
        private boolean answered;

        Receiving(Callback callback) {
            this.callback = callback;
        }

        @Override
        public void head(ResponseHead head) {
            answered = true;
            try {
                callback.onResponse(FakeCall.this, response());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "a driver's callback lets what the application's throws go to OkHttp", e);
            }
        }

        @Override
        public void end(Outcome outcome) {
            if (!answered) {
                callback.onFailure(FakeCall.this, failure());
            }
        }
    }

    private Response response() {
        Reply reply = exchange.reply();
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(reply.status())
                .message("")
                .body(new FakeBody());
        if (reply.location() != null) {
            response.header("Location", reply.location());
        }
        if (reply.pushBackNanos() == Long.MAX_VALUE) {
            response.header("Retry-After", "9999999999");
        } else if (reply.pushBackNanos() >= 0) {
            response.header("Retry-After", String.valueOf(TimeUnit.NANOSECONDS.toSeconds(reply.pushBackNanos())));
        }
        return response.build();
    }

    private IOException exception(TransportError error) {
        return switch (error) {
            case CONNECT -> new ConnectException("refused");
            case TLS -> {
                facts.secureConnectStart(this);
                yield new SSLHandshakeException("bad certificate");
            }
            case REFUSED -> new IOException("stream was reset: REFUSED_STREAM");
            case RESET -> new SocketException("Connection reset");
            case EOF -> new EOFException();
            case TIMEOUT -> new SocketTimeoutException("timeout");
            case CANCELLED, LEAKED -> new IOException("Canceled");
            case PROTOCOL -> new ProtocolException("Unexpected status line");
        };
    }

    @Override
    public void cancel() {
        cancelled = true;
        exchange.cancel();
    }

    @Override
    public boolean isCanceled() {
        return cancelled;
    }

    @Override
    public boolean isExecuted() {
        return executed;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    public void addEventListener(EventListener eventListener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T tag(KClass<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T tag(Class<? extends T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Call clone() {
        throw new UnsupportedOperationException();
    }

    private final class FakeBody extends ResponseBody {
        private final BufferedSource source = Okio.buffer(new Source() {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                TransportError error = exchange.awaitEnd().error();
                if (error != null) {
                    throw exception(error);
                }
                return -1;
            }

            @Override
            public Timeout timeout() {
                return Timeout.NONE;
            }

            @Override
            public void close() {
                exchange.close();
            }
        });

        @Override
        public MediaType contentType() {
            return MediaType.get("text/plain");
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
