package io.tulle.client.registry;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource.Sink;
import io.tulle.api.time.RandomSource;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drives a {@link SessionMachine} by hand in virtual time: what it asks for is kept, what comes of it is told by the test. */
final class MachineScript {
    static final Duration LEASE = Duration.ofSeconds(30);

    final Beliefs beliefs = new Beliefs();
    final List<Resource> inForce = new ArrayList<>();
    final Enforcement enforcement = new Enforcement(new Sink() {
        @Override
        public void accept(List<Resource> resources) {
            inForce.clear();
            inForce.addAll(resources);
        }

        @Override
        public void rejected(String reason) {}
    });
    final List<Command> asked = new ArrayList<>();
    final SessionMachine machine;
    long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    MachineScript(int registries, RandomSource random) {
        machine = new SessionMachine(
                new SessionMachine.Identity("shop/storefront", "p1", "test"),
                registries,
                beliefs,
                enforcement,
                random,
                now);
        beliefs.follow(Samples.CATALOG);
        machine.start(now);
        collect();
    }

    /** Moves time; whatever falls due on the way is done at its instant. */
    void pass(Duration duration) {
        long until = now + duration.toNanos();
        while (now - until < 0) {
            long idle = machine.idleNanos(now);
            if (idle == 0) {
                throw new IllegalStateException("the machine wants time(), and wants it again after it: a busy loop");
            }
            now += Math.min(idle, until - now);
            machine.time(now);
            collect();
        }
    }

    /** Returns the newest command of a type; it must be one. */
    <C extends Command> C last(Class<C> type) {
        for (int i = asked.size() - 1; i >= 0; i--) {
            if (type.isInstance(asked.get(i))) {
                return type.cast(asked.get(i));
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + asked);
    }

    long count(Class<? extends Command> type) {
        return asked.stream().filter(type::isInstance).count();
    }

    void opened(String session) {
        opened(session, LEASE, Duration.ofSeconds(5));
    }

    void opened(String session, Duration lease, Duration progress) {
        machine.opened(
                last(Command.Open.class).ticket(),
                new SessionOpened(session, "e", 1, lease, List.of("shop"), progress),
                now);
        collect();
    }

    void streaming() {
        machine.streaming(last(Command.Watch.class).ticket(), now);
        collect();
    }

    void line(Line line) {
        machine.line(last(Command.Watch.class).ticket(), line, now);
        collect();
    }

    void renewed() {
        machine.renewed(last(Command.Renew.class).ticket(), new Renewed("e", 1, LEASE, List.of("shop")), now);
        collect();
    }

    void failed(Class<? extends Command> type, int status, String code) {
        machine.failed(last(type).ticket(), new Failure(status, code, code), now);
        collect();
    }

    /** A session with a stream that has brought the catalog. */
    MachineScript connected() {
        opened("s1");
        streaming();
        line(Samples.snapshot("e", 5, Samples.serviceWith("catalog", 2)));
        return this;
    }

    /** Collects what is asked for after an event that was told to the machine directly. */
    void collect() {
        for (Command command = machine.next(); command != null; command = machine.next()) {
            asked.add(command);
        }
    }
}
