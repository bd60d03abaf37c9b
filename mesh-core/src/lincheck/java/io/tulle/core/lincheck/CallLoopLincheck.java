package io.tulle.core.lincheck;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.MeshEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** The drain queue: one thread at a time is inside, and nothing that was posted is lost, whoever handles it. */
public class CallLoopLincheck {
    private final MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", () -> 0, () -> 0));
    private final CallLoop loop =
            new CallLoop(engine.newCall("shop", null, new NoRequest(), MeshCallOptions.DEFAULT), new Idle(), () -> 0);
    private final AtomicInteger posted = new AtomicInteger();

    // Plain on purpose: the loop is what makes them safe.
    private int handled;
    private boolean inside;

    /** Posts. */
    @Operation
    public void post() {
        posted.incrementAndGet();
        loop.run(this::handle);
    }

    /** Posts what is handled after the rest. */
    @Operation
    public void timer() {
        loop.timer();
    }

    /** Posts while it drains. */
    @Operation
    public void postTwice() {
        posted.addAndGet(2);
        loop.run(() -> {
            handle();
            loop.run(this::handle);
        });
    }

    private void handle() {
        if (inside) {
            throw new IllegalStateException("two threads drain");
        }
        inside = true;
        handled++;
        inside = false;
    }

    /** Nothing is lost, and nothing is handled twice. */
    @Validate
    public void everythingIsHandled() {
        if (handled != posted.get()) {
            throw new IllegalStateException("handled: " + handled + " (expected: " + posted + ")");
        }
    }

    /** Executes nothing: the machine never starts. */
    private static final class Idle implements CallLoop.Driver {
        @Override
        public void dispatch(Attempt attempt) {}

        @Override
        public void cancel(Attempt attempt) {}

        @Override
        public void commit(Attempt attempt) {}

        @Override
        public void complete() {}

        @Override
        public void await(long wakeAtNanos) {}
    }

    @Test
    void losesNothing() {
        Checks.model().check(getClass());
    }

    @Test
    void losesNothingUnderStress() {
        Checks.stress().check(getClass());
    }
}
