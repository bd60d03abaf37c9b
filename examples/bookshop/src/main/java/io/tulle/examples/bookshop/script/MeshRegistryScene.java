package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Shop;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The registry of the demo as it is killed, comes back and is replaced. For one thread. */
public final class MeshRegistryScene implements RegistryScene {
    private final ControlPlane control;
    private final Shop shop;
    private final Roster roster;
    private final StatsClient stats;
    private final Pacing pacing;
    private String homecoming = "";
    private int opened;

    /** Creates a scene. */
    public MeshRegistryScene(ControlPlane control, Shop shop, Roster roster, StatsClient stats, Pacing pacing) {
        this.control = control;
        this.shop = shop;
        this.roster = roster;
        this.stats = stats;
        this.pacing = pacing;
    }

    @Override
    public void kill() throws InterruptedException {
        control.process().kill();
    }

    @Override
    public void restart() throws InterruptedException {
        control.process().start();
        control.awaitInForce(shop.storefronts().ports().size());
    }

    @Override
    public void replace() throws InterruptedException {
        control.process().kill();
        control.process().startEmpty();
        long ready = pacing.now();
        List<String> running = roster.running();
        control.await(running + " to register again", () -> {
            roster.look();
            return control.view().instances().containsAll(running);
        });
        double seconds = (pacing.now() - ready) / (double) TimeUnit.SECONDS.toNanos(1);
        homecoming = String.format(
                Locale.ROOT, "all %d instances had registered again after %.1f s", running.size(), seconds);
    }

    @Override
    public void furnish(int v1, int v2) throws InterruptedException {
        control.furnish(v1, v2);
        control.awaitInForce(shop.storefronts().ports().size());
    }

    @Override
    public void openStorefront() throws InterruptedException {
        opened = shop.storefronts().start(1).get(0);
    }

    @Override
    public String pages() {
        return "storefront-" + shop.storefronts().ports().size() + " served "
                + stats.storefront(opened).pages() + " pages";
    }

    @Override
    public String members() {
        RegistryView.Clients clients = control.view().clients();
        return clients.connected() + " of " + clients.items().size() + " sessions connected, "
                + control.view().instances().size() + " instances registered";
    }

    @Override
    public String homecoming() {
        return homecoming;
    }
}
