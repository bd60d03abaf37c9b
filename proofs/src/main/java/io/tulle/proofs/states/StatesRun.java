package io.tulle.proofs.states;

import io.tulle.client.registry.Sync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a shop under load and puts its registry into one state after the other. Confined to one thread. */
final class StatesRun {
    private static final int RECOVERY_ROUNDS = 60;
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final Size size;
    private final Consumer<String> progress;

    /**
     * How much of it.
     *
     * @param perSecond calls a second
     * @param interval time between two rounds of a state; recovery may take sixty of them
     * @param rounds rounds of each state
     * @param restarts rounds of the state that restarts the registry
     */
    record Size(int perSecond, Duration interval, int rounds, int restarts) {}

    /** Makes the registry. */
    interface Registries {
        RegistryControl open(Path folder);
    }

    StatesRun(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
    }

    List<StateResult> run(List<State> states, Registries registries, Path folder) throws InterruptedException {
        try (Stage stage = Stage.before(registries.open(folder));
                Shop shop = Shop.open(stage.proxy().uri(), folder.resolve("state"));
                Callers callers = new Callers(shop::call, size.perSecond());
                StackWatch watch = new StackWatch()) {
            pass(WARM_UP);
            callers.take();
            List<StateResult> results = new ArrayList<>();
            for (State state : states) {
                progress.accept(state.title() + ": " + state.description());
                results.add(one(state, stage, shop, callers, watch));
            }
            return results;
        }
    }

    private StateResult one(State state, Stage stage, Shop shop, Callers callers, StackWatch watch)
            throws InterruptedException {
        long start = System.nanoTime();
        watch.take();
        Noticed noticed = new Noticed(shop.endpoints());
        state.begin(stage);
        for (int round = 0; round < state.rounds(size); round++) {
            pass(size.interval());
            state.again(stage);
            noticed.see(shop);
        }
        state.end(stage);
        for (int round = 0; round < RECOVERY_ROUNDS && !recovered(shop); round++) {
            pass(size.interval());
            noticed.see(shop);
        }
        return new StateResult(
                state, (System.nanoTime() - start) / 1e9, callers.take(), noticed, watch.take(), recovered(shop));
    }

    private static boolean recovered(Shop shop) {
        Sync sync = shop.sync();
        return sync.connected() && sync.held().isEmpty() && shop.endpoints() == shop.instances();
    }

    private static void pass(Duration time) throws InterruptedException {
        if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }
}
