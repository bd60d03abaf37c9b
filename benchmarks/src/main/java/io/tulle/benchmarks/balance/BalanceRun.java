package io.tulle.benchmarks.balance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Simulates scenarios, each with every variant and several seeds. */
public final class BalanceRun {
    private static final int CALLS = 200_000;

    private final int runs;
    private final int calls;
    private final PrintStream progress;

    /** Creates a run of {@code runs} seeds that tells {@code progress} what it is doing. */
    public BalanceRun(int runs, PrintStream progress) {
        this(runs, CALLS, progress);
    }

    BalanceRun(int runs, int calls, PrintStream progress) {
        this.runs = runs;
        this.calls = calls;
        this.progress = progress;
    }

    /** Simulates the scenarios of these names; all, when there are none. */
    public List<Balanced> run(Set<String> names) {
        List<Balanced> all = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            if (names.isEmpty() || names.contains(scenario.title())) {
                progress.println(scenario.title());
                for (Variant variant : Variant.values()) {
                    all.add(run(scenario, variant));
                }
            }
        }
        return all;
    }

    private Balanced run(Scenario scenario, Variant variant) {
        List<Spread> spreads = new ArrayList<>();
        for (int seed = 1; seed <= runs; seed++) {
            spreads.add(new Simulation(scenario, variant, seed, calls).run());
        }
        return Balanced.of(scenario, variant, spreads);
    }
}
