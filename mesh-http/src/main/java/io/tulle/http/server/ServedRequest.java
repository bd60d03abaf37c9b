package io.tulle.http.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose answer may be given later: what starts asynchronous handling is followed to its end from that moment on, since it may end before the filter
 * is back. Confined to the thread that handles, as its container demands.
 */
final class ServedRequest extends HttpServletRequestWrapper {
    private final ServedResponse response;
    private final AsyncEnd end;
    private boolean followed;

    ServedRequest(HttpServletRequest request, ServedResponse response, AsyncEnd end) {
        super(request);
        this.response = response;
        this.end = end;
    }

    /** Without arguments a container takes its own response, past ours. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest with, ServletResponse answer) {
        AsyncContext context = super.startAsync(with, answer);
        if (!followed) {
            followed = true;
            context.addListener(end);
        }
        return context;
    }

    /** Returns whether the answer is given asynchronously, also when something has unwrapped this request to start that. */
    boolean followed() {
        if (!followed && isAsyncStarted()) {
            followed = true;
            getAsyncContext().addListener(end);
        }
        return followed;
    }
}
