package io.tulle.http.server;

import io.tulle.api.call.Denial;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Ticker;
import io.tulle.client.Mesh;
import io.tulle.core.call.Inbound;
import io.tulle.core.call.ServedCall;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Admits requests to a Servlet container by the policy of the process's own service, and makes the {@link CallContext} of each current while it is handled,
 * so that calls made for it share its deadline and trace. Servlet 6.0 or later. Thread-safe.
 *
 * <p>Map it before other filters, with asynchronous support, for dispatches of type REQUEST and ASYNC. A request is admitted once; when it is dispatched
 * again, its context is made current again. It takes its place until the response is complete, also when that happens on another thread.
 *
 * <p>What is refused is answered with the status of its {@link Denial}, a reason in {@code x-mesh-refused} and a problem (RFC 9457). A status of 500 and more gets
 * {@code x-mesh-retry: never} when a call made for the request has failed although it was retried. Where the handler throws, the container makes the answer, and
 * may drop the header with everything else that was set.
 */
public final class MeshFilter implements Filter {
    private static final String ATTRIBUTE = ServedCall.class.getName();

    private final Inbound inbound;
    private final Ticker ticker;

    /** Creates a filter of the service that {@code mesh} is. */
    public MeshFilter(Mesh mesh) {
        inbound = mesh.inbound();
        ticker = mesh.runtime().ticker();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest head) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else if (head.getAttribute(ATTRIBUTE) instanceof ServedCall call) {
            CallContext.Scope scope = call.context().makeCurrent();
            try {
                chain.doFilter(request, response); // dispatched again: admitted long ago
            } finally {
                scope.close();
            }
        } else {
            ServedCall call = inbound.admit(new ServletHead(head), ticker.nanos());
            Denial denial = call.denial();
            if (denial == null) {
                head.setAttribute(ATTRIBUTE, call);
                serve(call, head, answer, chain);
            } else {
                refuse(call, denial, answer);
            }
        }
    }

    private void serve(ServedCall call, HttpServletRequest head, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        ServedResponse response = new ServedResponse(answer, call);
        ServedRequest request = new ServedRequest(head, response, new AsyncEnd(call, answer, ticker));
        CallContext.Scope scope = call.context().makeCurrent();
        boolean thrown = true;
        try {
            chain.doFilter(request, response);
            thrown = false;
        } finally {
            scope.close();
            if (thrown) {
                response.spareRetries(500);
            } else {
                response.spareRetries();
            }
            if (!request.followed()) {
                int status = thrown && !answer.isCommitted() ? 500 : answer.getStatus();
                call.ended(status, thrown ? ServedCall.End.BROKEN : ServedCall.End.ANSWERED, ticker.nanos());
            }
        }
    }

    private void refuse(ServedCall call, Denial denial, HttpServletResponse answer) throws IOException {
        ServedCall.End how = ServedCall.End.BROKEN;
        try {
            Refusal refusal = new Refusal(call.service(), denial);
            answer.setStatus(denial.status());
            refusal.headers().forEach(answer::setHeader);
            answer.getOutputStream().write(refusal.body());
            how = ServedCall.End.ANSWERED;
        } finally {
            call.ended(denial.status(), how, ticker.nanos());
        }
    }
}
