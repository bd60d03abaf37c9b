package io.tulle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.MeshException;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Service;
import io.tulle.api.source.ResourceSource;
import io.tulle.core.call.CallMachine;
import io.tulle.core.call.CallTrace;
import io.tulle.core.call.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshTest {
    private final List<String> events = new ArrayList<>();

    @Test
    void readsAFolderAndWatchesIt(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: Service\nmetadata: {namespace: shop, name: catalog}\n");
        try (Mesh mesh =
                Mesh.builder().service("shop/storefront").resources(folder).build()) {
            assertThat(mesh.engine().snapshot().byHost("catalog")).isNotNull();
            Files.writeString(folder.resolve("b.yaml"), "kind: Service\nmetadata: {namespace: shop, name: reviews}\n");
            await().until(() -> mesh.engine().snapshot().byHost("reviews") != null);
        }
    }

    @Test
    void theServiceIsOptional() {
        try (Mesh mesh = Mesh.builder().source(new FixedSource()).build()) {
            assertThat(mesh.engine().snapshot().byHost("catalog")).isNotNull();
        }
        try (Mesh mesh =
                Mesh.builder().service("storefront").source(new FixedSource()).build()) {
            assertThat(mesh.engine().snapshot().byHost("catalog")).isNotNull();
        }
        try (Mesh mesh = Mesh.builder()
                .service("shop/storefront")
                .source(new FixedSource())
                .build()) {
            assertThat(mesh.engine().snapshot().byHost("catalog")).isNull();
        }
    }

    @Test
    void aProcessThatServesFollowsItsOwnService() {
        List<String> followed = new ArrayList<>();
        FixedSource source = new FixedSource() {
            @Override
            public boolean subscribe(String service) {
                followed.add(service);
                return true;
            }
        };
        try (Mesh mesh = Mesh.builder().service("storefront").source(source).build()) {
            assertThat(followed).isEmpty();
            assertThat(mesh.inbound().service()).isEqualTo("default/storefront");
            assertThat(mesh.inbound()).isSameAs(mesh.inbound());
            assertThat(followed).containsOnly("default/storefront");
        }
    }

    @Test
    void refusesANameThatIsNone() {
        for (String name : new String[] {"", "Shop", "a/b/c", "/a", "a/", "shop/Storefront"}) {
            assertThatThrownBy(() -> Mesh.builder()
                            .service(name)
                            .source(new FixedSource())
                            .build())
                    .isInstanceOf(MeshException.class)
                    .hasMessageStartingWith("service: '" + name + "' (expected: a service as name or namespace/name");
        }
    }

    @Test
    void needsExactlyOneSource() {
        assertThatThrownBy(() -> Mesh.builder().build())
                .isInstanceOf(MeshException.class)
                .hasMessage("the mesh has no resources (expected: registry(uri), resources(folder) or source(...))");
        assertThatThrownBy(() -> Mesh.builder()
                        .resources(Path.of("x"))
                        .source(new FixedSource())
                        .build())
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("(expected: only one of them)");
    }

    @Test
    void aMissingFolderNamesIt() {
        assertThatThrownBy(() ->
                        Mesh.builder().resources(Path.of("no-such-folder")).build())
                .isInstanceOf(MeshException.class)
                .hasMessageStartingWith("no-such-folder: does not exist");
    }

    @Test
    void closesWhatItHasStartedWhenTheSourceFails() {
        FixedSource source = new FixedSource();
        source.failure = new IllegalStateException("no network");
        source.closeFailure = new IllegalStateException("nor that");
        assertThatThrownBy(() -> Mesh.builder().source(source).build())
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("the resources cannot be read: java.lang.IllegalStateException: no network")
                .hasCause(source.failure);
        assertThat(source.failure.getSuppressed()).containsExactly(source.closeFailure);
        assertThat(events).containsExactly("source closed");
    }

    @Test
    void tellsListenersAndTrace() {
        CallTrace trace = new CallTrace() {
            @Override
            public void event(CallMachine call, Event event, int attempt, long now) {
                events.add("event " + event);
            }

            @Override
            public void command(CallMachine call, Command command, int attempt) {
                events.add("command " + command);
            }
        };
        MeshListener broken = new MeshListener() {
            @Override
            public void callEnded(CallInfo call) {
                throw new IllegalStateException("a listener of this test");
            }
        };
        MeshListener listener = new MeshListener() {
            @Override
            public void callEnded(CallInfo call) {
                events.add("ended " + call.verdict());
            }
        };
        try (Mesh mesh = Mesh.builder()
                .source(new FixedSource())
                .listener(broken)
                .listener(listener)
                .trace(trace)
                .build()) {
            CallMachine call = mesh.engine().newCall("nobody", null, new GetRequest(), MeshCallOptions.DEFAULT);
            call.start(mesh.runtime().ticker().nanos());
            assertThat(call.next()).isEqualTo(Command.COMPLETE);
            assertThat(call.verdict()).isEqualTo(Verdict.UNKNOWN_SERVICE);
        }
        assertThat(events).containsExactly("event START", "ended UNKNOWN_SERVICE", "command COMPLETE", "source closed");
    }

    @Test
    void closesLastWhatWasThereFirst() {
        Mesh mesh = Mesh.builder().source(new FixedSource()).build();
        mesh.onClose(() -> events.add("first"));
        mesh.onClose(() -> events.add("second"));
        mesh.close();
        mesh.close();
        assertThat(events).containsExactly("second", "first", "source closed");
        mesh.onClose(() -> events.add("too late"));
        assertThat(events).endsWith("too late");
    }

    @Test
    void anActionThatFailsStopsNoOther() {
        Mesh mesh = Mesh.builder().source(new FixedSource()).build();
        RuntimeException first = new IllegalStateException("one");
        RuntimeException second = new IllegalStateException("two");
        mesh.onClose(() -> {
            throw second;
        });
        mesh.onClose(() -> {
            throw first;
        });
        assertThatThrownBy(mesh::close)
                .isSameAs(first)
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(second));
        assertThat(events).containsExactly("source closed");
    }

    @Test
    void closesOnlyTheRuntimeThatItMade() throws InterruptedException {
        try (MeshRuntime runtime = MeshRuntime.system()) {
            Mesh.builder().source(new FixedSource()).runtime(runtime).build().close();
            CountDownLatch ran = new CountDownLatch(1);
            runtime.scheduler().schedule(runtime.ticker().nanos(), ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(runtime.random().nextLong())
                    .isNotEqualTo(runtime.random().nextLong());
            new MeshRuntime(runtime.ticker(), (at, task) -> () -> {}, runtime.parker(), runtime.random()).close();
        }
    }

    @Test
    void nothingMayBeNull() {
        assertThatThrownBy(() -> Mesh.builder().service(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("service");
        assertThatThrownBy(() -> Mesh.builder().listener(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("listener");
        assertThatThrownBy(() -> new MeshRuntime(null, null, null, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("ticker");
    }

    private class FixedSource implements ResourceSource {
        RuntimeException failure;
        RuntimeException closeFailure;

        @Override
        public void start(Sink sink) {
            if (failure != null) {
                throw failure;
            }
            sink.accept(List.of(Service.of("default", "catalog", Service.Spec.DEFAULT)));
        }

        @Override
        public void close() {
            events.add("source closed");
            if (closeFailure != null) {
                throw closeFailure;
            }
        }
    }
}
