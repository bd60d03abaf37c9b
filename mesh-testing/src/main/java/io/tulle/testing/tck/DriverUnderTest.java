package io.tulle.testing.tck;

import org.jspecify.annotations.Nullable;

/**
 * What a driver's tests implement to run the TCK on it: the driver itself, real, over fakes that follow the script of a {@link TckMesh}.
 *
 * <h2>What the fakes do</h2>
 *
 * Where the driver hands an attempt to its client library, the fake opens {@code mesh.transport().open(endpoint)} and then
 *
 * <ul>
 *   <li>if {@code exchange.reply().sends()}, writes the request's body once, so that {@link ScriptedRequest#writeBody} is called;
 *   <li><em>blocking library</em>: calls {@code exchange.awaitHead()} on the calling thread, which moves the clock: timers that are due earlier run on
 *       the way, in that very thread, and at the equal instant the wire goes first. True: a response with {@code exchange.status()}, and for a body one
 *       whose reading calls {@code exchange.awaitEnd()} (end of file if its outcome's error is null, else an exception) and whose closing calls {@code
 *       exchange.close()}. False: the exception by which the library reports {@code exchange.outcome()}, such that the driver reports the same
 *       {@link io.tulle.api.call.TransportError} and {@link io.tulle.api.call.Processed};
 *   <li><em>callback library</em>: calls {@code exchange.start(receiver)};
 *   <li>passes the library's cancellation of the attempt on to {@code exchange.cancel()}. For an attempt that is cancelled before its head, the driver must
 *       report {@code Processed.NO} exactly when {@code exchange.reply().sends()} is false (nothing was written), else MAYBE;
 *   <li>gives the response a {@code Retry-After} header that says {@code pushBackNanos} (scenarios use whole seconds; {@link Long#MAX_VALUE} means that
 *       the header asks not to be retried, in whatever way the driver documents) and a {@code Location} header when the reply has one.
 * </ul>
 *
 * <h2>What the driver must do</h2>
 *
 * The driver contract of {@link io.tulle.core.call.CallMachine} and {@link io.tulle.core.call.CallLoop.Driver}. In the terms of a run:
 *
 * <ul>
 *   <li>every DISPATCH is followed by exactly one END; that of an attempt which was cancelled, at the same instant (or, when the wire was deaf to the
 *       cancellation, when its response arrives, which is closed unread);
 *   <li>the END of a committed attempt comes when its body has been read to its end, has broken or was closed. Closing it before its end is reported
 *       without an error, like reading to the end: an application that has seen enough is no failure and no cancellation;
 *   <li>each exchange is released: read to its end, closed, or cancelled before its head;
 *   <li>nothing is sent that was not dispatched: no redirect is followed by the attempt's client, no request is repeated by it;
 *   <li>{@code RequestHead.replayable()} is false from the moment that a one-shot body has been touched;
 *   <li>timers are set by {@code mesh.runtime().scheduler()} alone, waiting is done by {@code mesh.runtime().parker()} alone.
 * </ul>
 */
public interface DriverUnderTest {
    /** Returns a name for messages. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Returns the scenario as the driver's protocol can tell it, for the reference and for the driver: a protocol without bodies that outlast an error's head
     * has none. The expectations stay; what they would not hold for is {@link #notApplicable}.
     */
    default Scenario adapted(Scenario scenario) {
        return scenario;
    }

    /** Returns why a named scenario cannot be told in the driver's protocol at all, or null when it can. */
    default @Nullable String notApplicable(Scenario scenario) {
        return null;
    }

    /** Returns whether the driver can have several attempts of one call out, so that the TCK hedges too. One that cannot must refuse a rule that hedges. */
    default boolean hedges() {
        return true;
    }

    /** Connects a fresh driver to {@code mesh}; once per run. */
    Client connect(TckMesh mesh);

    /** The application side of the driver in one run. Called by one thread. */
    interface Client extends AutoCloseable {
        /**
         * Makes the call that {@code request.call()} describes through the driver, does what its {@link Caller} does, and returns when both are done and
         * every attempt of the call has ended:
         *
         * <ul>
         *   <li>a callback driver starts the call and then moves time with {@code mesh.clock().runUntil(done)};
         *   <li>{@link Caller#cancelAfter}: {@code mesh.clock().scheduleCaller(start + cancelAfter, cancel)} before the call is made; its timer is cancelled
         *       when the call is over;
         *   <li>{@link Caller#closeAfter}: with the response in hand, {@code mesh.clock().advance(closeAfter)}, then close it;
         *   <li>{@link Caller#hold}: keep the response and return {@link Seen.BodyEnd#HELD}; {@link #close} closes it;
         *   <li>otherwise, read the body to its end.
         * </ul>
         */
        Seen call(ScriptedRequest request);

        /** Closes the responses that are held, in order of their calls. */
        @Override
        void close();
    }
}
