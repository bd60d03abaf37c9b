package io.tulle.cli.registry;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a watch. At most one line is read ahead; the rest stays in the connection, where the registry notices. Lines are taken by one thread;
 * {@link #close} may be called by any.
 */
public final class WatchStream implements Flow.Subscriber<String>, AutoCloseable {
    private final URI registry;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    /** A line, or why there are no more. */
    private record Event(@Nullable String line, @Nullable Throwable failure) {}

    WatchStream(URI registry) {
        this.registry = registry;
    }

    /**
     * Returns the next line, without its line feed.
     *
     * @throws UnreachableRegistryException when the stream has ended, or nothing came for {@code patience}
     */
    public String next(Duration patience) {
        try {
            Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                close();
                throw new UnreachableRegistryException(
                        registry + ": nothing on the stream for " + patience.toSeconds() + " s", null);
            }
            Flow.Subscription open = subscription;
            if (event.line != null && open != null) {
                open.request(1);
                return event.line;
            }
            throw new UnreachableRegistryException(registry + ": the stream has ended", event.failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableRegistryException(registry + ": interrupted while waiting for a change", e);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (closed) {
            opened.cancel();
        } else {
            opened.request(1);
        }
    }

    @Override
    public void onNext(String line) {
        events.add(new Event(line, null));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event(null, failure));
    }

    @Override
    public void onComplete() {
        events.add(new Event(null, null));
    }

    /** Ends the watch. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
