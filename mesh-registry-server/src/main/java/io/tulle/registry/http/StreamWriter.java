package io.tulle.registry.http;

import io.javalin.http.Context;
import io.tulle.registry.watch.Line;
import io.tulle.registry.watch.WatchHub;
import io.tulle.registry.watch.Watcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of one watcher as the connection takes them, without ever blocking. Three wake it: the hub when there are lines, the server when the
 * connection takes more, and the server when it has failed. Whoever comes first works, the others leave word ({@link #word}).
 */
final class StreamWriter implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);

    private final WatchHub hub;
    private final Executor writers;
    private final ServletOutputStream output;
    private final EndPoint connection;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicInteger word = new AtomicInteger();
    private final Watcher watcher;
    private volatile boolean begun;

    // Confined to whoever works.
    private Iterator<byte[]> parts = Collections.emptyIterator();
    private boolean unflushed = true; // the headers
    private boolean flushing;

    private StreamWriter(Context context, WatchHub hub, Function<Runnable, Watcher> attaching, Executor writers)
            throws IOException {
        this.hub = hub;
        this.writers = writers;
        output = context.res().getOutputStream();
        connection = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        watcher = attaching.apply(this::wake);
    }

    /**
     * Begins a stream on a request that is asynchronous already; throws what {@code attaching} throws, with nothing written then.
     *
     * @return completed when the stream is over
     */
    static CompletableFuture<Void> start(
            Context context, WatchHub hub, Function<Runnable, Watcher> attaching, Executor writers) {
        try {
            StreamWriter writer = new StreamWriter(context, hub, attaching, writers);
            context.res().setContentType("application/x-ndjson");
            writer.output.setWriteListener(writer);
            return writer.ended;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void wake() {
        if (word.getAndIncrement() == 0) {
            writers.execute(this::work);
        }
    }

    @Override
    public void onWritePossible() {
        begun = true;
        if (word.getAndIncrement() == 0) {
            work();
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("a stream broke", failure);
        finish();
    }

    private void work() {
        int heard = 1;
        while (heard > 0) {
            heard = word.get();
            try {
                write();
            } catch (IOException | RuntimeException e) {
                LOG.debug("a stream broke", e);
                finish();
            }
            heard = word.addAndGet(-heard);
        }
    }

    private void write() throws IOException {
        while (begun && !ended.isDone()) {
            boolean ready = output.isReady();
            if (hub.hasEnded(watcher)) {
                end(ready);
            } else if (!ready || !step()) {
                return;
            }
        }
    }

    /** Does one thing, after which the connection has to be asked again; false when there is nothing to do. */
    private boolean step() throws IOException {
        if (flushing) {
            flushing = false;
            hub.wrote(watcher);
        }
        if (!parts.hasNext()) {
            Line line = hub.take(watcher);
            if (line != null) {
                parts = line.parts().iterator();
            }
        }
        if (parts.hasNext()) {
            output.write(parts.next());
            unflushed = true;
        } else if (unflushed) {
            output.flush();
            unflushed = false;
            flushing = true;
        } else {
            return false;
        }
        return true;
    }

    /** Closes the stream from this side: with a proper end, or by closing the connection if that takes nothing any more. */
    private void end(boolean ready) {
        if (!ready) {
            connection.close();
        }
        finish();
    }

    private void finish() {
        hub.detach(watcher);
        ended.complete(null);
    }
}
