package io.tulle.http.server;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.tulle.api.call.Denial;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Ticker;
import io.tulle.client.Mesh;
import io.tulle.core.call.Inbound;
import io.tulle.core.call.ServedCall;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Does for the JDK's {@code HttpServer} what {@link MeshFilter} does for a Servlet container: {@code server.createContext("/", handler).getFilters().add(new
 * MeshExchangeFilter(mesh))}. Needs the module {@code jdk.httpserver}. Thread-safe.
 *
 * <p>A request takes its place until its exchange or its response body is closed, or a response without body is sent; a handler may do that later and on
 * another thread, and one that never does keeps its place. Handlers are given an exchange around the server's, which is no {@code HttpsExchange}.
 */
public final class MeshExchangeFilter extends Filter {
    private final Inbound inbound;
    private final Ticker ticker;

    /** Creates a filter of the service that {@code mesh} is. */
    public MeshExchangeFilter(Mesh mesh) {
        inbound = mesh.inbound();
        ticker = mesh.runtime().ticker();
    }

    @Override
    public String description() {
        return "admits requests by the policy of " + inbound.service();
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        ServedCall call = inbound.admit(new ExchangeHead(exchange), ticker.nanos());
        ServedExchange served = new ServedExchange(exchange, call, ticker);
        Denial denial = call.denial();
        if (denial != null) {
            refuse(served, new Refusal(call.service(), denial));
            return;
        }
        CallContext.Scope scope = call.context().makeCurrent();
        boolean thrown = true;
        try {
            chain.doFilter(served);
            thrown = false;
        } finally {
            scope.close();
            if (thrown) {
                served.end(ServedCall.End.BROKEN);
            }
        }
    }

    private static void refuse(ServedExchange exchange, Refusal refusal) throws IOException {
        try (exchange) {
            byte[] body = refusal.body();
            refusal.headers().forEach(exchange.getResponseHeaders()::set);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(refusal.denial().status(), -1); // with a length the server logs a warning
                return;
            }
            exchange.sendResponseHeaders(refusal.denial().status(), body.length);
            OutputStream out = exchange.getResponseBody();
            out.write(body);
        }
    }
}
