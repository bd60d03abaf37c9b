package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.MeshListener;
import io.tulle.core.fixture.Journal;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestHead;
import io.tulle.core.snapshot.Endpoint;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedListenerTest {
    private final List<String> heard = new ArrayList<>();
    private final Rig rig = new Rig(0).instances("a").apply();

    /** Returns a listener that writes down the name of each event, and then throws if it is broken. */
    private MeshListener listener(String name, boolean broken) {
        return (MeshListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MeshListener.class}, (proxy, method, arguments) -> {
                    heard.add(name + " " + method.getName());
                    if (broken) {
                        throw new IllegalStateException(name);
                    }
                    return null;
                });
    }

    private void tellEverything(MeshListener listener) {
        ScriptedCall call = rig.get();
        call.start();
        Attempt attempt = call.attempt(1);
        Endpoint endpoint = rig.endpoint("a");
        listener.callStarted(call.machine);
        listener.attemptStarted(call.machine, attempt);
        listener.attemptEnded(call.machine, attempt);
        listener.retryScheduled(call.machine, 1);
        listener.retryDenied(call.machine);
        listener.callEnded(call.machine);
        ServedCall served = rig.engine.inbound("default/shop").admit(TestHead.of(), 0);
        listener.requestStarted(served);
        listener.requestEnded(served);
        listener.endpointEjected(endpoint, EjectionReason.FAILURE_RATE, 1);
        listener.endpointReturned(endpoint);
        listener.breakerChanged("s", BreakerState.CLOSED, BreakerState.OPEN);
        listener.configApplied(1, 1);
        listener.configRejected("r");
        listener.certificateLoaded("i", Instant.EPOCH);
        listener.certificateRejected("r");
        listener.listenerFailed(new IllegalStateException("f"));
    }

    private static final List<String> EVENTS = List.of(
            "callStarted",
            "attemptStarted",
            "attemptEnded",
            "retryScheduled",
            "retryDenied",
            "callEnded",
            "requestStarted",
            "requestEnded",
            "endpointEjected",
            "endpointReturned",
            "breakerChanged",
            "configApplied",
            "configRejected",
            "certificateLoaded",
            "certificateRejected",
            "listenerFailed");

    @Test
    void noListenersNeedNoGuard() {
        assertThat(GuardedListener.of(List.of())).isSameAs(MeshListener.NONE);
    }

    @Test
    void everyListenerHearsEverything() {
        tellEverything(GuardedListener.of(List.of(listener("x", false), listener("y", false))));
        assertThat(heard)
                .filteredOn(line -> line.startsWith("x"))
                .map(line -> line.substring(2))
                .isEqualTo(EVENTS);
        assertThat(heard)
                .filteredOn(line -> line.startsWith("y"))
                .map(line -> line.substring(2))
                .isEqualTo(EVENTS);
    }

    @Test
    void aBrokenListenerDisturbsNobodyAndIsReported() {
        tellEverything(GuardedListener.of(List.of(listener("x", true), listener("y", false))));
        List<String> both = new ArrayList<>();
        for (String event : EVENTS) {
            both.add("listenerFailed");
            both.add(event);
        }
        assertThat(heard)
                .filteredOn(line -> line.startsWith("y"))
                .map(line -> line.substring(2))
                .isEqualTo(both);
    }

    @Test
    void aListenerThatThrowsWhatItIsToldOfDisturbsNobody() {
        MeshListener rethrows = new MeshListener() {
            @Override
            public void retryDenied(io.tulle.api.listener.CallInfo call) {
                throw new IllegalStateException("first");
            }

            @Override
            public void listenerFailed(RuntimeException failure) {
                throw failure;
            }
        };
        GuardedListener.of(List.of(rethrows, listener("y", false))).retryDenied(rig.get().machine);
        assertThat(heard).containsExactly("y listenerFailed", "y retryDenied");
    }

    @Test
    void anEngineWithABrokenListenerGoesOn() {
        Journal journal = new Journal();
        MeshListener guarded = GuardedListener.of(List.of(listener("x", true), journal));
        guarded.configApplied(3, 4);
        assertThat(journal.lines()).containsExactly("config 3 of 4");
    }
}
