package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Shop;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Looks again and again whether every storefront knows every instance that runs. For one thread. */
public final class Roster {
    private final Supplier<List<String>> running;
    private final Supplier<List<Set<String>>> known;
    private final TreeSet<String> lost = new TreeSet<>();

    /**
     * Creates a roster that has seen nothing.
     *
     * @param running returns the names of the instances that run
     * @param known returns for each storefront the names of those that it knows
     */
    Roster(Supplier<List<String>> running, Supplier<List<Set<String>>> known) {
        this.running = running;
        this.known = known;
    }

    /** Creates a roster of a shop. */
    public static Roster of(Shop shop, StatsClient stats) {
        return new Roster(
                () -> running(shop),
                () -> shop.storefronts().ports().stream()
                        .map(port -> stats.storefront(port).instances())
                        .toList());
    }

    private static List<String> running(Shop shop) {
        return shop.backends().all().stream()
                .filter(each -> each.process().alive())
                .map(each -> each.replica().name())
                .sorted()
                .toList();
    }

    /** Looks once. */
    void look() {
        List<String> now = running.get();
        for (Set<String> names : known.get()) {
            now.stream().filter(name -> !names.contains(name)).forEach(lost::add);
        }
    }

    /** Returns the names of the instances that run. */
    List<String> running() {
        return running.get();
    }

    /** Returns the names of the instances that a storefront did not know though they ran, since this was asked last. */
    List<String> takeLost() {
        List<String> taken = List.copyOf(lost);
        lost.clear();
        return taken;
    }
}
