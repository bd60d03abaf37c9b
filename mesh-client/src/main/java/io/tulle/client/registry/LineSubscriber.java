package io.tulle.client.registry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines of bounded length. Asks for more bytes only when every line of the last ones has been dealt with, so that a slow process is
 * slow to its registry, too. Confined to the client's threads, one at a time.
 */
final class LineSubscriber implements Flow.Subscriber<List<ByteBuffer>> {
    /** How long a line may be: 32 MiB, some 100,000 instances. */
    static final int MOST_BYTES = 32 * 1024 * 1024;

    private final LineConsumer lines;
    private final Consumer<String> garbage;
    private final int mostBytes;
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private volatile Flow.@Nullable Subscription subscription;
    private boolean over;

    /** Takes a line; calls {@code dealtWith} once when it has been dealt with. */
    interface LineConsumer {
        void line(String line, Runnable dealtWith);
    }

    LineSubscriber(LineConsumer lines, Consumer<String> garbage, int mostBytes) {
        this.lines = lines;
        this.garbage = garbage;
        this.mostBytes = mostBytes;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        List<String> complete = new ArrayList<>();
        for (ByteBuffer buffer : buffers) {
            cut(buffer, complete);
        }
        if (over) {
            return;
        }
        if (begun.size() > mostBytes) {
            over = true;
            cancel();
            garbage.accept("a line of more than " + mostBytes + " bytes");
        } else if (complete.isEmpty()) {
            more();
        } else {
            AtomicInteger left = new AtomicInteger(complete.size());
            complete.forEach(line -> lines.line(line, () -> {
                if (left.decrementAndGet() == 0) {
                    more();
                }
            }));
        }
    }

    private void cut(ByteBuffer buffer, List<String> complete) {
        while (buffer.hasRemaining()) {
            int start = buffer.position();
            int end = start;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            boolean whole = end < buffer.limit();
            byte[] part = new byte[end - start];
            buffer.get(part);
            begun.writeBytes(part);
            if (whole) {
                buffer.get();
                complete.add(begun.toString(StandardCharsets.UTF_8));
                begun = new ByteArrayOutputStream();
            }
        }
    }

    private void more() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.request(1);
        }
    }

    /** Gives the stream up. */
    void cancel() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        over = true; // whoever sent the request is told
    }

    @Override
    public void onComplete() {
        over = true;
    }
}
