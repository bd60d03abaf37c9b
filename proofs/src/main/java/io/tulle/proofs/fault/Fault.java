package io.tulle.proofs.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What happens to the bytes that a server sends. Thread-safe: one fault may be in force on many connections. */
@FunctionalInterface
public interface Fault {
    /** Nothing happens. */
    Fault NONE = (bytes, length, wire) -> wire.write(bytes, 0, length);

    /** The connection stays open and nothing arrives any more, on either side. */
    Fault HALF_OPEN = (bytes, length, wire) -> {};

    /** The connection is reset. */
    Fault RESET = (bytes, length, wire) -> wire.reset();

    /** Everything arrives twice. */
    Fault DUPLICATE = (bytes, length, wire) -> {
        wire.write(bytes, 0, length);
        wire.write(bytes, 0, length);
    };

    /**
     * Hands on {@code length} bytes, or does something else.
     *
     * @throws InterruptedException if the proxy ends meanwhile
     */
    void pass(byte[] bytes, int length, Wire wire) throws IOException, InterruptedException;

    /** Returns a fault that holds every chunk back for {@code time}. */
    static Fault delay(Duration time) {
        return (bytes, length, wire) -> {
            wire.pause(time);
            wire.write(bytes, 0, length);
        };
    }

    /** Returns a fault that lets one byte through in each {@code interval}. */
    static Fault slowDrip(Duration interval) {
        return (bytes, length, wire) -> {
            for (int i = 0; i < length && wire.open(); i++) {
                wire.write(bytes, i, 1);
                wire.pause(interval);
            }
        };
    }

    /** Returns a fault that ends the connection in an orderly way after {@code bytes} bytes from now on, counted over all connections, again and again. */
    static Fault truncate(int bytes) {
        AtomicLong seen = new AtomicLong();
        return (chunk, length, wire) -> {
            long before = seen.getAndAdd(length);
            long left = bytes - before % bytes;
            if (length < left) {
                wire.write(chunk, 0, length);
            } else {
                wire.write(chunk, 0, (int) left);
                wire.close();
            }
        };
    }

    /** Returns a fault that changes about one byte in {@code oneIn}. */
    static Fault corrupt(int oneIn, long seed) {
        AtomicLong next = new AtomicLong(seed);
        return (chunk, length, wire) -> {
            SplittableRandom random = new SplittableRandom(next.getAndIncrement());
            byte[] spoilt = chunk.clone();
            for (int i = 0; i < length; i++) {
                if (random.nextInt(oneIn) == 0) {
                    spoilt[i] ^= (byte) (1 + random.nextInt(255));
                }
            }
            wire.write(spoilt, 0, length);
        };
    }

    /** One connection, as a fault may treat it. */
    interface Wire {
        /** Sends bytes on to the client. */
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** Lets time pass; returns early when the connection ends. */
        void pause(Duration time) throws InterruptedException;

        /** Returns whether the connection is still up. */
        boolean open();

        /** Ends the connection with a FIN. */
        void close();

        /** Ends the connection with an RST. */
        void reset();
    }
}
