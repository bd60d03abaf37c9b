package io.tulle.http.server;

import io.tulle.api.call.InboundHead;
import io.tulle.api.resource.Protocol;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What admission reads of a request in a Servlet container. */
record ServletHead(HttpServletRequest request) implements InboundHead {
    @Override
    public Protocol protocol() {
        return Protocol.HTTP;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public @Nullable String header(String name) {
        Enumeration<String> lines = request.getHeaders(name);
        if (lines == null || !lines.hasMoreElements()) { // a container may hide headers
            return null;
        }
        String first = lines.nextElement();
        if (!lines.hasMoreElements()) {
            return first;
        }
        StringBuilder joined = new StringBuilder(first);
        while (lines.hasMoreElements()) {
            joined.append(',').append(lines.nextElement());
        }
        return joined.toString();
    }
}
