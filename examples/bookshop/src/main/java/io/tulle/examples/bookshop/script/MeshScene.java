package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.process.ConfigFolder;
import io.tulle.examples.bookshop.service.Fault;
import io.tulle.examples.bookshop.service.StorefrontStats;
import java.time.Duration;
import java.util.List;

/** The shop with the mesh: configuration is edited in the folder, and each edit is waited for until every storefront has it in force. */
public final class MeshScene implements Scene {
    private static final Duration APPLY = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Backends backends;
    private final ConfigFolder folder;
    private final List<Integer> storefronts;
    private final StatsClient stats;
    private final Pacing pacing;

    /** Creates a scene. */
    public MeshScene(
            Backends backends, ConfigFolder folder, List<Integer> storefronts, StatsClient stats, Pacing pacing) {
        this.backends = backends;
        this.folder = folder;
        this.storefronts = List.copyOf(storefronts);
        this.stats = stats;
        this.pacing = pacing;
    }

    @Override
    public void weights(int v1, int v2) throws InterruptedException {
        applied(() -> folder.writeWeights(v1, v2));
    }

    /** The file goes on listing it: finding out is the mesh's business. */
    @Override
    public void kill(String instance) throws InterruptedException {
        backends.kill(instance);
    }

    @Override
    public void restart(String instance) throws InterruptedException {
        backends.restart(instance, 0);
        applied(() -> folder.writeInstances(entries(backends, "")));
    }

    @Override
    public void fault(String instance, Fault fault) {
        stats.fault(backends.get(instance).port(), fault);
    }

    @Override
    public void drainAndStop(String instance) throws InterruptedException {
        applied(() -> folder.writeInstances(entries(backends, instance)));
        int port = backends.get(instance).port();
        pacing.await(() -> stats.backend(port).inFlight() == 0, DRAIN);
        backends.stop(instance);
        applied(() -> folder.writeInstances(entries(backends, "")));
    }

    /** Returns what the file of instances says. */
    public static List<ConfigFolder.Entry> entries(Backends backends, String draining) {
        return backends.all().stream()
                .map(each -> new ConfigFolder.Entry(
                        each.replica(),
                        each.uid(),
                        each.port(),
                        each.replica().name().equals(draining)))
                .toList();
    }

    private void applied(Runnable edit) throws InterruptedException {
        List<Long> before = versions();
        edit.run();
        if (!pacing.await(() -> newer(versions(), before), APPLY)) {
            throw new IllegalStateException("the storefronts have not applied a change in " + folder.path() + " within "
                    + APPLY.toSeconds() + " s: " + rejections());
        }
    }

    private static boolean newer(List<Long> now, List<Long> before) {
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i) <= before.get(i)) {
                return false;
            }
        }
        return true;
    }

    private List<Long> versions() {
        return storefronts.stream()
                .map(stats::storefront)
                .map(StorefrontStats::configVersion)
                .toList();
    }

    private List<String> rejections() {
        return storefronts.stream()
                .map(stats::storefront)
                .map(StorefrontStats::configRejected)
                .toList();
    }
}
