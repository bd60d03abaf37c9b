package io.tulle.core.call;

import io.tulle.api.call.Denial;
import io.tulle.api.call.InboundHead;
import io.tulle.api.context.CallContext;
import io.tulle.core.inbound.InboundContext;
import io.tulle.core.inbound.InboundGate;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The serving side of one service in this process: decides about each request that comes, under the policy that is in force for the service. Server adapters
 * enforce it. Thread-safe; a request reads the configuration with one volatile read.
 *
 * <p>Requests are refused in this order: the caller's deadline has passed ({@link Denial#EXPIRED}), as many are in flight as the policy allows ({@link
 * Denial#OVERLOADED}). A limit that is lowered ends no request.
 */
public final class Inbound {
    private final MeshEngine engine;
    private final String service;
    private final InboundGate gate = new InboundGate();
    private volatile Bound bound;

    /** What the policy of a configuration says, so that it is looked up once per configuration. */
    private record Bound(MeshSnapshot snapshot, int max) {}

    Inbound(MeshEngine engine, String service) {
        this.engine = engine;
        this.service = service;
        bound = boundOf(engine.snapshot());
    }

    /** Returns the service, as {@code namespace/name}. */
    public String service() {
        return service;
    }

    /** Returns how many admitted requests have not ended. */
    public int inFlight() {
        return gate.inFlight();
    }

    /** Decides about a request and tells the listeners that it came. {@link ServedCall#ended} must follow exactly once, whether it was admitted or not. */
    public ServedCall admit(InboundHead head, long now) {
        long timeout = head.timeoutNanos();
        Denial denial = denial(gate.tryAdmit(timeout, max()));
        CallContext context = InboundContext.of(head, timeout, now);
        ServedCall call = new ServedCall(this, head, context, denial, now);
        engine.listener().requestStarted(call);
        return call;
    }

    private static @Nullable Denial denial(long ticket) {
        return ticket >= 0 ? null : ticket == InboundGate.EXPIRED ? Denial.EXPIRED : Denial.OVERLOADED;
    }

    private int max() {
        MeshSnapshot now = engine.snapshot();
        Bound known = bound;
        if (known.snapshot() != now) {
            known = boundOf(now);
            bound = known;
        }
        return known.max();
    }

    private Bound boundOf(MeshSnapshot snapshot) {
        ServiceSnapshot own = snapshot.byName(service);
        return new Bound(snapshot, own == null ? Integer.MAX_VALUE : own.maxInbound());
    }

    ResponseClassifier classifier() {
        return engine.classifier();
    }

    void ended(ServedCall call) {
        if (call.denial() == null) {
            gate.released();
        }
        engine.listener().requestEnded(call);
    }
}
