package io.tulle.testing.sockets;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.testing.wire.WireScript;

/**
 * A connection that breaks after each byte of a response in turn. Before the head is complete, the call is repeated if it may be; after it, the response is the
 * application's, and breaks.
 */
final class EveryByte {
    private EveryByte() {}

    /** The connection is reset. */
    static void reset(SocketDriver driver, Wire wire) throws InterruptedException {
        int total;
        int headEnd;
        try (SocketBench bench = new SocketBench(driver, wire)) {
            bench.call(SocketCall.GET).succeedsAfter(1);
            headEnd = bench.server().headEnd();
            total = headEnd + wire.rest(1).length; // more may follow: an answer to a ping
        }
        for (int position = 0; position <= total; position++) {
            for (SocketCall call : new SocketCall[] {SocketCall.GET, SocketCall.POST}) {
                try (SocketBench bench = new SocketBench(driver, wire)) {
                    bench.server().cutNextAfter(position);
                    judge(bench.call(call), position, headEnd, total, wire == Wire.HTTP1);
                }
            }
        }
    }

    /** The connection is closed in order, too early. */
    static void end(SocketDriver driver, Wire wire) throws InterruptedException {
        byte[] head = wire.head(0);
        byte[] rest = wire.rest(0);
        int total = head.length + rest.length;
        for (int position = 0; position <= total; position++) {
            for (SocketCall call : new SocketCall[] {SocketCall.GET, SocketCall.POST}) {
                try (SocketBench bench = new SocketBench(driver, wire)) {
                    bench.answers(ending(head, rest, position), wire.ok());
                    judge(bench.call(call), position, head.length, total, wire == Wire.HTTP1);
                }
            }
        }
    }

    private static WireScript ending(byte[] head, byte[] rest, int position) {
        byte[] sent = new byte[position];
        System.arraycopy(head, 0, sent, 0, Math.min(position, head.length));
        if (position > head.length) {
            System.arraycopy(rest, 0, sent, head.length, position - head.length);
        }
        return exchange -> exchange.send(sent).close();
    }

    /**
     * The head is the driver's when it has seen it. In HTTP/1.1 it always has. In HTTP/2 a client may fail where it flushes its request, while what answers it
     * waits to be read.
     */
    private static void judge(Result result, int position, int headEnd, int total, boolean strict) {
        if (result.booked().attempts().isEmpty()) {
            result.failsAfter(0).requests(0); // the library has never had a connection to send anything on
            return;
        }
        boolean sentOnce = result.requests() == 1 && result.booked().attempts().size() == 1;
        if (!strict && position < headEnd && sentOnce && result.seen().status() != 0) {
            result.succeedsAfter(1); // the library has connected again before it sent anything
            return;
        }
        try {
            CallBooks.BookedAttempt first = result.booked().attempts().get(0);
            boolean headSeen = position >= headEnd && (first.status() != 0 || strict);
            if (position == total && headSeen) {
                result.succeedsAfter(1);
            } else if (headSeen) {
                result.breaks().first(Processed.YES, TransportError.RESET, TransportError.EOF);
            } else if (first.outcome().processed() == Processed.NO) {
                result.succeedsAfter(2).requests(1); // nothing can have arrived, whatever kind of call it is
            } else {
                result.repeatsOnlyIfAllowed().first(Processed.MAYBE, TransportError.RESET, TransportError.EOF);
            }
        } catch (AssertionError e) {
            throw new AssertionError("broken after " + position + " of " + total + " bytes (head: " + headEnd + ")", e);
        }
    }
}
