package io.tulle.http.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.time.Ticker;
import io.tulle.core.call.ServedCall;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An exchange of the JDK's server that knows when its answer is complete, and adds {@code x-mesh-retry: never} to its head where that is due. */
final class ServedExchange extends HttpExchange implements AutoCloseable {
    private final HttpExchange exchange;
    private final ServedCall call;
    private final Ticker ticker;
    private @Nullable OutputStream body;

    ServedExchange(HttpExchange exchange, ServedCall call, Ticker ticker) {
        this.exchange = exchange;
        this.call = call;
        this.ticker = ticker;
    }

    void end(ServedCall.End how) {
        call.ended(Math.max(0, getResponseCode()), how, ticker.nanos()); // -1 before an answer
    }

    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        if (call.sparesRetries(status)) {
            getResponseHeaders().set(MeshHeaders.RETRY, MeshHeaders.NEVER);
        }
        exchange.sendResponseHeaders(status, length);
        if (length == -1 || status == 204 || status == 304 || getRequestMethod().equals("HEAD")) {
            end(ServedCall.End.ANSWERED);
        }
    }

    @Override
    public OutputStream getResponseBody() {
        if (body == null) {
            body = new Body(exchange.getResponseBody());
        }
        return body;
    }

    @Override
    public void setStreams(InputStream in, OutputStream out) {
        exchange.setStreams(in, out);
        body = null;
    }

    @Override
    public void close() {
        exchange.close();
        end(getResponseCode() == -1 ? ServedCall.End.BROKEN : ServedCall.End.ANSWERED);
    }

    /** A body whose closing ends the request. */
    private final class Body extends FilterOutputStream {
        Body(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length); // FilterOutputStream would write byte by byte
        }

        @Override
        public void close() throws IOException {
            ServedCall.End how = ServedCall.End.BROKEN;
            try {
                out.close();
                how = ServedCall.End.ANSWERED;
            } finally {
                end(how);
            }
        }
    }

    // ---- as the server has it ----

    @Override
    public Headers getRequestHeaders() {
        return exchange.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return exchange.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return exchange.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return exchange.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return exchange.getHttpContext();
    }

    @Override
    public InputStream getRequestBody() {
        return exchange.getRequestBody();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return exchange.getRemoteAddress();
    }

    @Override
    public int getResponseCode() {
        return exchange.getResponseCode();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return exchange.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return exchange.getProtocol();
    }

    @Override
    public Object getAttribute(String name) {
        return exchange.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        exchange.setAttribute(name, value);
    }

    @Override
    public HttpPrincipal getPrincipal() {
        return exchange.getPrincipal();
    }
}
