package io.tulle.http;

import io.tulle.client.FirstUse;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A call whose caller waits: everything happens on that thread. */
final class BlockingCall extends LogicalCall {
    BlockingCall(Wiring wiring, @Nullable EventListener listener, Request request, long timeoutNanos) {
        super(wiring, listener, request, timeoutNanos);
    }

    Response execute() throws IOException {
        Response answer = answer(send());
        while (answer == null) {
            answer = answer(send());
        }
        return answer;
    }

    private Response send() throws IOException {
        String host = request().url().host();
        MeshSnapshot snapshot = wiring.engine.snapshot();
        ServiceSnapshot service = snapshot.byHost(host);
        if (service == null && !snapshot.claims(host)) {
            Call outside = outside();
            waitsFor(outside::cancel);
            return outside.execute();
        }
        if (service == null && wiring.firstUse != null) {
            snapshot = awaitService(host, wiring.firstUse);
            service = snapshot.byHost(host);
        }
        BlockingRun run = new BlockingRun(this, outgoing(snapshot, service), service);
        waitsFor(run);
        checkCancelled();
        return run.execute();
    }

    /** The first call to a service that is not known yet waits for it; what it has waited is taken from its deadline. */
    private MeshSnapshot awaitService(String host, FirstUse firstUse) throws IOException {
        Thread caller = Thread.currentThread();
        waitsFor(() -> wiring.runtime.parker().unpark(caller));
        try {
            MeshSnapshot snapshot = firstUse.await(host, patienceNanos(FirstUse.PATIENCE.toNanos()), this::cancelled);
            checkCancelled();
            waited();
            return snapshot;
        } catch (InterruptedException e) {
            caller.interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
