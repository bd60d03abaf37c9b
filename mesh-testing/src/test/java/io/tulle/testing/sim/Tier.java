package io.tulle.testing.sim;

import io.tulle.api.call.InboundHead;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.resource.Protocol;
import io.tulle.core.call.Inbound;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.call.ServedCall;
import io.tulle.testing.ManualClock;
import io.tulle.testing.Resources;
import io.tulle.testing.SeededRandom;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One service of a chain: admits a request, makes one call to the next tier for it and answers 503 when that fails; the last one is dead and answers 503 at once.
 * Single-threaded, in virtual time.
 */
final class Tier {
    static final String NEXT = "next";

    final ManualClock clock;
    final MeshEngine engine;
    final @Nullable Tier next;
    private final Inbound inbound;
    private final boolean sparing;
    long requests;

    /**
     * Creates a tier.
     *
     * @param next which one it calls, or null
     * @param sparing whether its answers say that retries were spent
     */
    Tier(ManualClock clock, long seed, @Nullable Tier next, boolean sparing) {
        this.clock = clock;
        this.next = next;
        this.sparing = sparing;
        engine = new MeshEngine(MeshEngine.Settings.of(Resources.NAMESPACE, clock, new SeededRandom(seed)));
        engine.accept(Resources.service(NEXT).instances("a", "b", "c").list());
        inbound = engine.inbound("default/tier");
    }

    /** What comes back: a status, and whether it asks for no retries. */
    record Answer(int status, boolean never) {}

    /** Hears the answer. */
    interface Asker {
        void answered(Answer answer);
    }

    /** A request comes in. */
    void serve(Map<String, String> headers, Asker asker) {
        requests++;
        ServedCall call = inbound.admit(new Head(headers), clock.nanos());
        IntConsumer answer = status -> {
            boolean never = sparing && call.sparesRetries(status);
            call.ended(status, ServedCall.End.ANSWERED, clock.nanos());
            asker.answered(new Answer(status, never));
        };
        if (call.denial() != null) {
            answer.accept(call.denial().status());
        } else if (next == null) {
            answer.accept(503);
        } else {
            new TierCall(this, next, call.context(), answer).start();
        }
    }

    private record Head(Map<String, String> headers) implements InboundHead {
        @Override
        public Protocol protocol() {
            return Protocol.HTTP;
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        @Override
        public long timeoutNanos() {
            return MeshHeaders.timeoutNanos(header(MeshHeaders.TIMEOUT_MS));
        }
    }
}
