package io.tulle.http.server;

import com.sun.net.httpserver.HttpExchange;
import io.tulle.api.call.InboundHead;
import io.tulle.api.resource.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What admission reads of a request to the JDK's server. */
record ExchangeHead(HttpExchange exchange) implements InboundHead {
    @Override
    public Protocol protocol() {
        return Protocol.HTTP;
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String path() {
        String path = exchange.getRequestURI().getRawPath();
        return path == null ? "" : path; // OPTIONS *
    }

    @Override
    public @Nullable String header(String name) {
        List<String> lines = exchange.getRequestHeaders().get(name);
        return lines == null || lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(",", lines);
    }
}
