package io.tulle.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.Cleaner;
import java.net.SocketTimeoutException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import okio.Timeout;

/**
 * The bytes of a committed response. Reports the attempt's end at exhaustion, close or a read error, whichever comes first; or when everything through
 * which the application could read or close it has become unreachable, which is why no one else may refer to this.
 */
final class AttemptSource extends ForwardingSource {
    private static final Cleaner LEAKS = Cleaner.create();

    private final WireAttempt attempt;
    private final Cleaner.Cleanable leak;
    private long expected;

    /** {@code length} is -1 when it is not known. */
    AttemptSource(Source wire, long length, WireAttempt attempt) {
        super(wire);
        this.attempt = attempt;
        expected = length;
        leak = LEAKS.register(this, attempt);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long count;
        Timeout own = timeout();
        boolean bounded = own.hasDeadline(); // by the application: OkHttp sets timeouts, and clears the deadline when
        // reading fails
        long deadline = bounded ? own.deadlineNanoTime() : 0;
        try {
            count = super.read(sink, byteCount);
        } catch (IOException e) {
            IOException translated = attempt.bodyFailed(e, interrupted(e) || bounded && reached(deadline, e));
            leak.clean();
            throw translated;
        }
        if (count > 0) {
            attempt.bodyRead(count);
            expected -= count;
        }
        if (count == -1 || expected == 0) {
            done();
        }
        return count;
    }

    /** Whether the application interrupted its thread; what a virtual one then meets is a plain SocketException. */
    private static boolean interrupted(IOException e) {
        return Thread.currentThread().isInterrupted()
                || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }

    /** Okio's deadlines are readings of the system's clock. */
    private static boolean reached(long deadline, IOException e) {
        return e instanceof InterruptedIOException && System.nanoTime() - deadline >= 0;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            done();
        }
    }

    private void done() {
        attempt.bodyDone();
        leak.clean();
    }
}
