package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Service;
import io.tulle.api.spi.AttemptHeaders;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeshEngineTest {
    private final Rig rig = new Rig(3);
    private final MeshEngine engine = rig.engine;

    @Test
    void startsWithoutConfiguration() {
        assertThat(engine.snapshot().version()).isZero();
        assertThat(engine.snapshot().services()).isEmpty();
    }

    @Test
    void eachConfigurationIsAVersionAndIsTold() {
        Service shop = Service.of("default", "shop", Service.Spec.DEFAULT);
        engine.accept(List.of(shop));
        engine.accept(List.of(shop, new Instance(Metadata.of("default", "a"), Instance.Spec.of("shop", "a", "a", 80))));
        assertThat(engine.snapshot().version()).isEqualTo(2);
        assertThat(rig.journal.lines()).containsExactly("config 1 of 1", "config 2 of 2");
    }

    @Test
    void contradictionsChangeNothing() {
        rig.instances("a").apply();
        var before = engine.snapshot();
        assertThatThrownBy(() -> engine.accept(
                        List.of(new Instance(Metadata.of("default", "a"), Instance.Spec.of("shop", "a", "a", 80)))))
                .isInstanceOf(ContradictoryResourcesException.class);
        assertThat(engine.snapshot()).isSameAs(before);
        assertThat(rig.journal.lines()).isEmpty();
        rig.instances("a", "b").apply();
        assertThat(engine.snapshot().version()).isEqualTo(2);
    }

    @Test
    void aRefusedConfigurationIsTold() {
        engine.rejected("line 3");
        assertThat(rig.journal.lines()).containsExactly("rejected line 3");
    }

    @Test
    void aCallKeepsTheConfigurationThatItStartedUnder() {
        rig.instances("a").apply();
        ScriptedCall call = rig.get();
        rig.instances("b").apply();
        call.start();
        assertThat(call.at()).isEqualTo("a");
        call.head(1, 200);
        call.end(1);
        ScriptedCall later = rig.get();
        later.start();
        assertThat(later.at()).isEqualTo("b");
        later.cancel();
        later.end(1);
    }

    @Test
    void theTraceSeesEventsAndCommandsInOrder() {
        List<String> seen = new ArrayList<>();
        CallTrace trace = new CallTrace() {
            @Override
            public void event(CallMachine call, Event event, int attempt, long now) {
                seen.add(event + " " + attempt);
            }

            @Override
            public void command(CallMachine call, Command command, int attempt) {
                seen.add("> " + command + " " + attempt);
            }
        };
        MeshEngine traced = new MeshEngine(MeshEngine.Settings.of("default", rig.clock, () -> 0)
                .withTrace(trace)
                .withClassifier(ResponseClassifier.DEFAULT));
        CallMachine machine = traced.newCall("x", null, TestRequest.get("/"), MeshCallOptions.DEFAULT);
        machine.start(0);
        machine.next();
        machine.next();
        machine.onTimer(1);
        machine.onWake(1);
        machine.onCancel(1);
        assertThat(seen).containsExactly("START 0", "> COMPLETE 0", "> AWAIT 0", "TIMER 0", "WAKE 0", "CANCEL 0");
    }

    @Test
    void theTraceNamesTheAttempt() {
        List<String> seen = new ArrayList<>();
        CallTrace trace = new CallTrace() {
            @Override
            public void event(CallMachine call, Event event, int attempt, long now) {
                seen.add(event + " " + attempt + " at " + now);
            }

            @Override
            public void command(CallMachine call, Command command, int attempt) {
                seen.add("> " + command + " " + attempt);
            }
        };
        MeshEngine traced = new MeshEngine(
                MeshEngine.Settings.of("default", rig.clock, () -> 0).withTrace(trace));
        traced.accept(List.of(
                Service.of("default", "shop", Service.Spec.DEFAULT),
                new Instance(Metadata.of("default", "a"), Instance.Spec.of("shop", "a", "a", 80))));
        CallMachine machine =
                traced.newCall("shop", traced.snapshot().byHost("shop"), TestRequest.get("/"), MeshCallOptions.DEFAULT);
        machine.start(1);
        machine.next();
        Attempt attempt = machine.subject();
        attempt.pick(endpoint -> true, 1);
        machine.onHead(attempt, new ScriptedCall.Head(200, -1), 2);
        machine.next();
        machine.onEnd(attempt, Outcome.COMPLETE, 3);
        machine.next();
        assertThat(seen)
                .containsExactly(
                        "START 0 at 1", "> DISPATCH 1", "HEAD 1 at 2", "> COMMIT 1", "END 1 at 3", "> COMPLETE 0");
    }

    @Test
    void anotherClassifierDecidesWhatFails() {
        ResponseClassifier strict = new ResponseClassifier() {
            @Override
            public Class status(int status) {
                return status == 404 ? Class.FAILURE : Class.SUCCESS;
            }

            @Override
            public Class error(TransportError error) {
                return Class.IGNORE;
            }
        };
        MeshEngine.Settings settings =
                MeshEngine.Settings.of("default", rig.clock, () -> 0).withClassifier(strict);
        assertThat(settings.classifier()).isSameAs(strict);
        assertThat(settings.withListener(rig.journal).listener()).isSameAs(rig.journal);
        assertThat(settings.withTrace(CallTrace.NONE).classifier()).isSameAs(strict);
    }

    @Test
    void whatIsCapturedWhereACallIsMadeComesWithIt() {
        Object[] there = {null};
        AttemptHeaders headers = new AttemptHeaders() {
            @Override
            public void write(CallInfo call, AttemptInfo attempt, Sink sink) {}

            @Override
            public @Nullable Object capture() {
                return there[0];
            }
        };
        MeshEngine capturing = new MeshEngine(
                MeshEngine.Settings.of("default", rig.clock, () -> 0).withHeaders(headers));
        assertThat(capturing.context()).isSameAs(CallContext.NONE);
        there[0] = "span";
        CallContext served = CallContext.builder().attempt(2).build();
        try (CallContext.Scope scope = served.makeCurrent()) {
            assertThat(scope).isNotNull();
            CallContext context = capturing.context();
            assertThat(context.attempt()).isEqualTo(2);
            CallMachine machine =
                    capturing.newCall("shop", null, TestRequest.get("/"), MeshCallOptions.DEFAULT, context);
            assertThat(machine.context().carried()).isEqualTo("span");
        }
    }

    @Test
    void aCallSaysWhatItSpeaksAndKeepsWhatListenersAttach() {
        rig.instances("a").apply();
        ScriptedCall call = rig.get();
        assertThat(call.machine.protocol()).isEqualTo(Protocol.HTTP);
        assertThat(call.machine.grpcStatus()).isEqualTo(-1);
        call.machine.attach(this, "mine");
        call.start();
        call.attempt(1).grpcStatus(14);
        assertThat(call.machine.grpcStatus()).isEqualTo(14);
        assertThat(call.machine.attached(this)).isEqualTo("mine");
        assertThat(call.machine.attached(rig)).isNull();
    }
}
