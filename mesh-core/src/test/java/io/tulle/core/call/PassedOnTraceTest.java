package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Service;
import io.tulle.api.spi.AttemptHeaders;
import io.tulle.core.fixture.TestRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an attempt carries of the trace of the call that is being served. */
class PassedOnTraceTest {
    private static final String PARENT = MeshHeaders.TRACEPARENT;
    private static final String STATE = MeshHeaders.TRACESTATE;

    private static Map<String, String> sent(CallContext served, AttemptHeaders headers) {
        MeshEngine engine = new MeshEngine(
                MeshEngine.Settings.of("default", () -> 3, () -> 0).withHeaders(headers));
        engine.accept(List.of(
                Service.of("default", "shop", Service.Spec.DEFAULT),
                new Instance(Metadata.of("default", "a"), Instance.Spec.of("shop", "a", "a", 80))));
        CallMachine call = engine.newCall(
                "shop", engine.snapshot().byHost("shop"), TestRequest.get("/"), MeshCallOptions.DEFAULT, served);
        call.start(3);
        assertThat(call.next()).isEqualTo(Command.DISPATCH);
        Map<String, String> sent = new HashMap<>();
        call.writeHeaders(call.subject(), sent::put, 3);
        sent.remove(MeshHeaders.TIMEOUT_MS);
        return sent;
    }

    private static CallContext served() {
        return CallContext.builder()
                .trace("inbound", "vendor=inbound")
                .baggage("user=7")
                .build();
    }

    @Test
    void goesOnAsItCame() {
        Map<String, String> asItCame =
                Map.of(PARENT, "inbound", STATE, "vendor=inbound", MeshHeaders.BAGGAGE, "user=7");

        assertThat(sent(served(), AttemptHeaders.NONE)).isEqualTo(asItCame);
        assertThat(sent(served(), (call, attempt, sink) -> sink.set("x-own", "1")))
                .containsAllEntriesOf(asItCame)
                .containsEntry("x-own", "1");
    }

    @Test
    void itsStateDoesNotGoOnWithAnotherTrace() {
        assertThat(sent(served(), (call, attempt, sink) -> sink.set(PARENT, "another")))
                .isEqualTo(Map.of(PARENT, "another", MeshHeaders.BAGGAGE, "user=7"));
    }

    @Test
    void theOneThatTracingSaysIsSent() {
        AttemptHeaders both = (call, attempt, sink) -> {
            sink.set(PARENT, "another");
            sink.set(STATE, "vendor=own");
        };

        assertThat(sent(served(), both)).containsEntry(PARENT, "another").containsEntry(STATE, "vendor=own");
        assertThat(sent(served(), (call, attempt, sink) -> sink.set(STATE, "vendor=own")))
                .containsEntry(PARENT, "inbound")
                .containsEntry(STATE, "vendor=own");
    }
}
