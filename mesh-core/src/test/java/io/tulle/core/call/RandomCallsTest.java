package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.time.Instants;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks through random legal sequences of events, several calls at a time, and looks at what must hold whatever happens. */
class RandomCallsTest {
    private static final int[] STATUSES = {200, 200, 200, 404, 429, 500, 503, 503};
    private static final TransportError[] ERRORS = TransportError.values();

    private final List<Walk> running = new ArrayList<>();
    private Rig rig = new Rig(0);
    private SplittableRandom random = new SplittableRandom(0);

    /** One call, and what has become of its attempts. */
    private final class Walk {
        final ScriptedCall call;
        final Set<Integer> headed = new HashSet<>();
        final List<String> commands = new ArrayList<>();
        boolean started;

        Walk() {
            call = rig.call(TestRequest.get("/").repeatable(random.nextBoolean(), random.nextInt(5) > 0));
            if (random.nextInt(10) == 0) {
                call.reachable(endpoint -> endpoint.host().equals("a"));
            }
        }

        boolean over() {
            return call.machine.verdict() != null && open().isEmpty();
        }

        List<Integer> open() {
            List<Integer> open = new ArrayList<>();
            for (int i = 1; i <= call.dispatched(); i++) {
                if (call.attempt(i).outcome() == null) {
                    open.add(i);
                }
            }
            return open;
        }

        void step() {
            if (!started) {
                started = true;
                commands.addAll(random.nextInt(50) == 0 ? call.cancel() : call.start());
                return;
            }
            List<Integer> open = open();
            int one = open.isEmpty() ? 0 : open.get(random.nextInt(open.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (one > 0 && call.attempt(one).endpoint() != null && headed.add(one)) {
                        long pushBack = random.nextInt(5) == 0 ? random.nextLong(2_000_000_000L) : -1;
                        commands.addAll(call.head(one, STATUSES[random.nextInt(STATUSES.length)], pushBack));
                    }
                }
                case 3, 4, 5 -> {
                    if (one > 0) {
                        commands.addAll(call.end(one, outcome()));
                    }
                }
                case 6 -> commands.addAll(random.nextBoolean() ? call.timer() : call.proceed());
                default -> {
                    if (random.nextInt(10) == 0) {
                        commands.addAll(call.cancel());
                    }
                }
            }
        }

        Outcome outcome() {
            if (random.nextBoolean()) {
                return Outcome.COMPLETE;
            }
            Processed[] processed = Processed.values();
            return Outcome.failed(ERRORS[random.nextInt(ERRORS.length)], processed[random.nextInt(processed.length)]);
        }

        void assertLegal() {
            assertThat(commands.stream().filter(command -> command.startsWith("COMPLETE")))
                    .as("%s", commands)
                    .hasSize(1);
            assertThat(commands.get(commands.size() - 1)).startsWith("COMPLETE");
            long commits = commands.stream()
                    .filter(command -> command.startsWith("COMMIT"))
                    .count();
            assertThat(commits).isLessThanOrEqualTo(1);
            assertThat(commands).as("no command twice").doesNotHaveDuplicates();
            int commit = commands.indexOf("COMMIT " + call.dispatched());
            assertThat(commits == 0 || commit >= 0)
                    .as("only the last attempt is committed: %s", commands)
                    .isTrue();
            Verdict verdict = call.machine.verdict();
            assertThat(commits == 1 || verdict != Verdict.SUCCESS && verdict != Verdict.FAILED_RESPONSE)
                    .isTrue();
            assertThat(call.machine.status() > 0).isEqualTo(commits == 1);
            assertThat(call.dispatched()).isLessThanOrEqualTo(3);
            assertThat(call.machine.wakeAtNanos()).isEqualTo(Instants.NEVER);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, Long.MAX_VALUE - 5_000_000_000L, Long.MIN_VALUE, -20_000_000_000L})
    void whateverHappensLoadIsReleasedAndEveryCallCompletesOnce(long origin) {
        random = new SplittableRandom(origin);
        rig = new Rig(origin).instances("a", "b", "c", "d");
        configure();
        for (int step = 0; step < 8_000; step++) {
            if (running.size() < 12) {
                running.add(new Walk());
            }
            Walk walk = running.get(random.nextInt(running.size()));
            walk.step();
            if (walk.over()) {
                walk.assertLegal();
                running.remove(walk);
            }
            rig.clock.advanceNanos(random.nextLong(20_000_000L));
            if (step % 400 == 0) {
                configure();
            }
        }
        finishAll();
        rig.journal.assertPaired();
        assertThat(rig.inFlight()).isZero();
    }

    private void configure() {
        Route.Retry retry = Route.Retry.builder()
                .attemptTimeout(random.nextBoolean() ? Duration.ofMillis(400) : Duration.ZERO)
                .build();
        rig.rule(Route.Rule.builder()
                        .timeout(Duration.ofSeconds(2))
                        .retry(retry)
                        .build())
                .budget(100, 10)
                .draining(random.nextInt(3) == 0 ? "d" : "none")
                .policy(spec -> spec.withConcurrencyLimit(
                                random.nextBoolean() ? null : new TrafficPolicy.ConcurrencyLimit(3))
                        .withServiceBreaker(random.nextBoolean() ? null : TrafficPolicy.ServiceBreaker.DEFAULT)
                        .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                .consecutiveFailures(2)
                                .ejectionTime(Duration.ofMillis(100), Duration.ofSeconds(1))
                                .panicThresholdPercent(random.nextInt(3) * 50)
                                .build()))
                .apply();
    }

    private void finishAll() {
        for (Walk walk : running) {
            if (!walk.started) {
                walk.commands.addAll(walk.call.start());
            }
            walk.commands.addAll(walk.call.cancel());
            for (int number : walk.open()) {
                walk.commands.addAll(walk.call.end(number));
            }
            walk.assertLegal();
        }
    }
}
