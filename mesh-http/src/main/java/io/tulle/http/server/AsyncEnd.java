package io.tulle.http.server;

import io.tulle.api.time.Ticker;
import io.tulle.core.call.ServedCall;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

/** Ends a request when its container says that the asynchronous answer is complete. Called by one thread at a time. */
final class AsyncEnd implements AsyncListener {
    private final ServedCall call;
    private final HttpServletResponse answer;
    private final Ticker ticker;
    private volatile boolean broken;

    AsyncEnd(ServedCall call, HttpServletResponse answer, Ticker ticker) {
        this.call = call;
        this.answer = answer;
        this.ticker = ticker;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        call.ended(answer.getStatus(), broken ? ServedCall.End.BROKEN : ServedCall.End.ANSWERED, ticker.nanos());
    }

    /** The application or the container now gives an answer that says so, and then completes. */
    @Override
    public void onTimeout(AsyncEvent event) {
        broken = true;
    }

    @Override
    public void onError(AsyncEvent event) {
        broken = true;
    }

    /** Starting again forgets the listeners. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
