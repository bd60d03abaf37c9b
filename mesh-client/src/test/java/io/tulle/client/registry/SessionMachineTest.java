package io.tulle.client.registry;

import static io.tulle.client.registry.MachineScript.LEASE;
import static io.tulle.client.registry.Samples.change;
import static io.tulle.client.registry.Samples.gone;
import static io.tulle.client.registry.Samples.instance;
import static io.tulle.client.registry.Samples.progress;
import static io.tulle.client.registry.Samples.route;
import static io.tulle.client.registry.Samples.service;
import static io.tulle.client.registry.Samples.serviceWith;
import static io.tulle.client.registry.Samples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Route;
import io.tulle.client.codec.Schemas;
import io.tulle.client.wire.RemovalReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionMachineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MachineScript script = new MachineScript(3, () -> -1L);

    @Test
    void introducesItselfThenWatchesFromTheBeginning() {
        Command.Open open = script.last(Command.Open.class);
        assertThat(open.body().service()).isEqualTo("shop/storefront");
        assertThat(open.body().subscriptions()).containsExactly("shop/catalog");
        assertThat(open.body().schemas()).isEqualTo(Schemas.LATEST.titles());
        script.opened("s1");
        assertThat(script.last(Command.Watch.class).session()).isEqualTo("s1");
        assertThat(script.last(Command.Watch.class).epoch()).isNull();
    }

    @Test
    void renewsEveryThirdOfTheLeaseWithWhatIsInForce() {
        script.connected();
        keepAlive(LEASE.dividedBy(3));
        assertThat(script.count(Command.Renew.class)).isEqualTo(1);
        Command.Renew renew = script.last(Command.Renew.class);
        assertThat(renew.body().applied()).containsEntry("shop/catalog", 5L);
        assertThat(renew.body().subscriptions()).isNull();
        script.renewed();
        keepAlive(LEASE.dividedBy(3));
        assertThat(script.count(Command.Renew.class)).isEqualTo(2);
    }

    @Test
    void aLeaseThatNoRegistryHasIsTakenAsTheShortestThatOneMayHave() {
        script.opened("s1", Duration.ZERO, Duration.ZERO);
        script.streaming();
        script.pass(Duration.ofMillis(250));
        assertThat(script.count(Command.Renew.class)).isZero();
        assertThat(script.count(Command.Drop.class)).isZero();
        script.pass(Duration.ofMillis(100));
        assertThat(script.count(Command.Renew.class)).isPositive();
        assertThat(script.count(Command.Drop.class)).isPositive();
    }

    @Test
    void aLeaseWithoutEndIsRenewedAndASilentStreamLeft() {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        script.opened("s1", endless, endless);
        script.streaming();
        script.pass(Duration.ofMinutes(2));
        assertThat(script.count(Command.Renew.class)).isZero();
        assertThat(script.count(Command.Drop.class)).isZero();
        script.pass(Duration.ofMinutes(2));
        assertThat(script.count(Command.Renew.class)).isPositive();
        assertThat(script.count(Command.Drop.class)).isPositive();
    }

    @Test
    void threeMissingMarksSendItToTheNextRegistryWhereItResumes() {
        script.connected();
        script.pass(Duration.ofSeconds(14));
        assertThat(script.count(Command.Drop.class)).isZero();
        script.pass(Duration.ofSeconds(2));
        assertThat(script.last(Command.Drop.class).ticket()).isPositive();
        script.pass(SECOND);
        Command.Watch again = script.last(Command.Watch.class);
        assertThat(again.registry()).isEqualTo(1);
        assertThat(again.session()).isEqualTo("s1");
        assertThat(again.epoch()).isEqualTo("e");
        assertThat(again.since()).isEqualTo(5);
        assertThat(script.inForce).hasSize(3);
    }

    @Test
    void progressMarksKeepTheStream() {
        script.connected();
        keepAlive(Duration.ofMinutes(2));
        assertThat(script.count(Command.Watch.class)).isEqualTo(1);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsLeft() {
        script.pass(Duration.ofSeconds(17));
        assertThat(script.last(Command.Open.class).registry()).isEqualTo(1);
        script.pass(Duration.ofSeconds(20));
        assertThat(script.last(Command.Open.class).registry()).isEqualTo(2);
        script.pass(Duration.ofSeconds(25));
        assertThat(script.last(Command.Open.class).registry()).isZero();
    }

    @Test
    void triesForeverButEverMoreSlowly() {
        for (int i = 0; i < 100; i++) {
            script.failed(Command.Open.class, 503, "not-ready");
            script.pass(Duration.ofSeconds(16));
        }
        assertThat(script.count(Command.Open.class)).isEqualTo(101);
    }

    @Test
    void anUnknownSessionIsOpenedAgainWithItsInstances() {
        script.connected();
        script.machine.register(instance("storefront", "storefront-1"), script.now);
        script.collect();
        Command.Register register = script.last(Command.Register.class);
        script.machine.registered(register.ticket(), script.now);
        assertThat(script.machine.registered("storefront-1")).isTrue();
        keepAlive(LEASE.dividedBy(3));
        script.failed(Command.Renew.class, 404, "unknown-session");
        assertThat(script.machine.registered("storefront-1")).isFalse();
        script.pass(SECOND);
        assertThat(script.last(Command.Open.class).body().instances()).hasSize(1);
        script.opened("s2");
        assertThat(script.machine.registered("storefront-1")).isTrue();
        assertThat(script.last(Command.Watch.class).session()).isEqualTo("s2");
    }

    @Test
    void anInstanceThatCameWhileTheSessionWasOpenedIsRegisteredAfterIt() {
        script.machine.register(instance("storefront", "storefront-1"), script.now);
        script.opened("s1");
        assertThat(script.machine.registered("storefront-1")).isFalse();
        assertThat(script.last(Command.Register.class).instance().metadata().name())
                .isEqualTo("storefront-1");
        script.machine.register(instance("storefront", "storefront-1", "other"), script.now);
        script.machine.registered(script.last(Command.Register.class).ticket(), script.now);
        script.collect();
        assertThat(script.machine.registered("storefront-1")).isFalse();
        assertThat(script.last(Command.Register.class).instance().spec().uid()).isEqualTo("other");
    }

    @Test
    void anInstanceThatCouldNotBeRegisteredIsTriedAgain() {
        script.connected();
        script.machine.register(instance("storefront", "storefront-1"), script.now);
        script.collect();
        script.failed(Command.Register.class, 503, "read-only");
        script.pass(SECOND);
        assertThat(script.count(Command.Register.class)).isEqualTo(2);
        script.failed(Command.Register.class, 422, "invalid-resource");
        script.pass(SECOND.multipliedBy(5));
        assertThat(script.count(Command.Register.class)).isEqualTo(2);
        script.pass(SECOND.multipliedBy(6));
        assertThat(script.count(Command.Register.class)).isEqualTo(3);
    }

    @Test
    void anInstanceThatWasForgottenIsNotRegisteredAgain() {
        script.machine.register(instance("storefront", "storefront-1"), script.now);
        script.machine.forget("storefront-1");
        script.failed(Command.Open.class, 0, "");
        script.pass(SECOND);
        assertThat(script.last(Command.Open.class).body().instances()).isEmpty();
    }

    @Test
    void aNewSubscriptionIsSentAtOnceAndAgainWhenThatFails() {
        script.connected();
        script.machine.subscribe("shop/reviews", script.now);
        script.collect();
        assertThat(script.last(Command.Renew.class).body().subscriptions())
                .containsExactly("shop/catalog", "shop/reviews");
        script.failed(Command.Renew.class, 0, "reset");
        script.pass(SECOND);
        assertThat(script.last(Command.Renew.class).body().subscriptions()).hasSize(2);
        script.renewed();
        keepAlive(LEASE.dividedBy(3));
        assertThat(script.last(Command.Renew.class).body().subscriptions()).isNull();
    }

    @Test
    void aSubscriptionWhileTheSessionIsBeingOpenedIsSentAsSoonAsItIs() {
        script.machine.subscribe("shop/reviews", script.now);
        script.opened("s1");
        assertThat(script.last(Command.Renew.class).body().subscriptions())
                .containsExactly("shop/catalog", "shop/reviews");
    }

    @Test
    void aMarkBeforeTheFirstSnapshotIsNoGap() {
        script.opened("s1");
        script.streaming();
        script.line(Samples.progress("e", 5));
        assertThat(script.machine.trouble()).isEmpty();
        script.line(Samples.snapshot("e", 5, Samples.serviceWith("catalog", 2)));
        assertThat(script.machine.trouble()).isEmpty();
        assertThat(script.count(Command.Watch.class)).isEqualTo(1);
        assertThat(script.inForce).isNotEmpty();
    }

    @Test
    void aSubscriptionDuringARenewalFollowsIt() {
        script.connected();
        script.machine.subscribe("shop/reviews", script.now);
        script.machine.subscribe("shop/billing", script.now);
        script.collect();
        assertThat(script.count(Command.Renew.class)).isEqualTo(1);
        script.renewed();
        assertThat(script.last(Command.Renew.class).body().subscriptions()).contains("shop/billing");
    }

    @Test
    void theDestinationsOfARouteAreFollowedAtOnce() {
        script.connected();
        script.line(change("e", 5, 6, List.of(route("catalog", new Route.Destination("reviews", "", 1)))));
        assertThat(script.last(Command.Renew.class).body().subscriptions()).contains("shop/reviews");
        assertThat(script.inForce).hasSize(3);
    }

    @Test
    void rejectionsAndHeldRemovalsAreToldWithinASecond() {
        script.connected();
        script.pass(SECOND.multipliedBy(2));
        script.line(snapshot("e", 6, serviceWith("catalog", 1)));
        script.pass(SECOND);
        assertThat(script.last(Command.Renew.class).body().held())
                .singleElement()
                .satisfies(held -> assertThat(held.reason()).isEqualTo("absent"));
    }

    @Test
    void aGapAsksTheSameRegistryForSnapshots() {
        script.connected();
        script.line(change("e", 7, 8, List.of()));
        script.pass(SECOND);
        Command.Watch again = script.last(Command.Watch.class);
        assertThat(again.registry()).isZero();
        assertThat(again.epoch()).isNull();
    }

    @Test
    void aCompactedRevisionAsksForSnapshots() {
        script.connected();
        script.failed(Command.Watch.class, 0, "");
        script.pass(SECOND);
        script.failed(Command.Watch.class, 410, "compacted");
        script.pass(SECOND.multipliedBy(2));
        assertThat(script.last(Command.Watch.class).epoch()).isNull();
        assertThat(script.last(Command.Watch.class).registry()).isEqualTo(1);
    }

    @Test
    void aRefusedLineSendsItToTheNextRegistryAndNothingIsLost() {
        script.connected();
        script.machine.garbage(script.last(Command.Watch.class).ticket(), "nonsense", script.now);
        script.collect();
        assertThat(script.machine.connected()).isFalse();
        assertThat(script.machine.trouble()).isEqualTo("refused: nonsense");
        script.pass(SECOND);
        assertThat(script.last(Command.Watch.class).registry()).isEqualTo(1);
        assertThat(script.inForce).hasSize(3);
    }

    @Test
    void whenAllAreBehindForALeaseItBeginsAnew() {
        script.connected();
        script.failed(Command.Watch.class, 0, "");
        long began = script.now;
        while (script.count(Command.Watch.class) < 3
                || script.last(Command.Watch.class).epoch() != null) {
            script.pass(Duration.ofMillis(100));
            if (script.now - began > LEASE.multipliedBy(3).toNanos()) {
                throw new AssertionError("still resumes: " + script.last(Command.Watch.class));
            }
            script.failed(Command.Watch.class, 503, "behind");
        }
        assertThat(script.now - began).isGreaterThan(LEASE.toNanos());
        script.line(snapshot("e", 2, serviceWith("catalog", 1)));
        assertThat(script.inForce).as("conservatively").hasSize(3);
    }

    @Test
    void answersThatWereGivenUpAreIgnored() {
        Command.Open first = script.last(Command.Open.class);
        script.pass(Duration.ofSeconds(17));
        script.machine.opened(
                first.ticket(), new io.tulle.client.wire.SessionOpened("late", "e", 1, LEASE, List.of()), script.now);
        assertThat(script.machine.session()).isNull();
        script.connected();
        Command.Watch old = script.last(Command.Watch.class);
        script.failed(Command.Watch.class, 0, "");
        script.machine.line(old.ticket(), snapshot("e", 9, List.of(service("catalog"))), script.now);
        assertThat(script.beliefs.revision()).isEqualTo(5);
    }

    @Test
    void aKeptInstanceThatFailsLeavesTheConfiguration() {
        script.connected();
        script.line(snapshot("e", 6, serviceWith("catalog", 1)));
        assertThat(script.inForce).hasSize(3);
        script.machine.endpointFailed("shop/catalog", "Instance shop/catalog-2", "catalog-2-uid", script.now);
        assertThat(script.inForce).hasSize(2);
        script.line(change("e", 6, 7, List.of(), gone("catalog-1", RemovalReason.DRAINED)));
        assertThat(script.inForce).hasSize(1);
    }

    @Test
    void staleGrowsWhileNothingIsHeard() {
        script.connected();
        assertThat(script.machine.staleMillis(script.now)).isZero();
        script.failed(Command.Watch.class, 0, "");
        script.pass(Duration.ofMinutes(10));
        assertThat(script.machine.staleMillis(script.now)).isEqualTo(600_000);
        assertThat(script.inForce).hasSize(3);
    }

    @Test
    void afterItsEndItAsksForNothing() {
        script.connected();
        script.machine.end();
        script.collect();
        int before = script.asked.size();
        script.pass(Duration.ofHours(2));
        assertThat(script.asked).hasSize(before);
    }

    private void keepAlive(Duration duration) {
        long until = script.now + duration.toNanos();
        while (script.now - until < 0) {
            script.pass(SECOND);
            script.line(progress("e", script.beliefs.revision()));
        }
    }
}
