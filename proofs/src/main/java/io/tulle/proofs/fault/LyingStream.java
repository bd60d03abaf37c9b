package io.tulle.proofs.fault;

import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.WatchLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of a {@link LyingRegistry}: notes what is true, and says it or something else. Thread-safe. */
final class LyingStream {
    private static final Logger LOG = LoggerFactory.getLogger(LyingStream.class);

    private final InputStream in;
    private final OutputStream out;
    private final Supplier<@Nullable Lie> lie;
    private final Runnable onLie;
    private final Truth truth;
    private final ReentrantLock lock; // the truth's; guards the fields below, too
    private int told;
    private boolean over;

    LyingStream(InputStream in, OutputStream out, Truth truth, Supplier<@Nullable Lie> lie, Runnable onLie) {
        this.in = in;
        this.truth = truth;
        lock = truth.lock;
        this.out = out;
        this.lie = lie;
        this.onLie = onLie;
    }

    /** Passes lines on until the stream ends. */
    void run() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Lie instead = lie.get();
            lock.lock();
            try {
                truth.heard(JsonRecords.read(WatchLine.class, "the registry's line", line));
                if (instead == null) {
                    write(line);
                } else {
                    told(instead);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Tells a lie now. */
    void tell(Lie present) {
        lock.lock();
        try {
            if (!over && truth.revision() > 0) {
                told(present);
            }
        } catch (IOException e) {
            cut(); // whoever listened has gone
        } finally {
            lock.unlock();
        }
    }

    void cut() {
        lock.lock();
        try {
            over = true;
            in.close();
            out.close();
        } catch (IOException e) { // whoever listened has gone already, which is as good
            LOG.debug("a stream ended by itself", e);
        } finally {
            lock.unlock();
        }
    }

    private void told(Lie present) throws IOException {
        told++;
        onLie.run();
        for (String line : present.lines(truth, told)) {
            write(line);
        }
    }

    private void write(String line) throws IOException {
        if (!over) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
