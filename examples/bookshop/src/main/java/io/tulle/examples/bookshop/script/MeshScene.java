package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.process.Shop;
import io.tulle.examples.bookshop.service.Fault;

/** The shop with the mesh: configuration is applied to the registry, and each change is waited for until every storefront has it in force. */
public final class MeshScene implements Scene {
    private final ControlPlane control;
    private final Shop shop;
    private final Backends backends;
    private final RegistryScene registry;
    private final Rotation rotation;
    private final StatsClient stats;

    /** Creates a scene. */
    public MeshScene(ControlPlane control, Shop shop, RegistryScene registry, Rotation rotation, StatsClient stats) {
        this.control = control;
        this.shop = shop;
        this.registry = registry;
        this.rotation = rotation;
        this.stats = stats;
        backends = shop.backends();
    }

    @Override
    public void weights(int v1, int v2) throws InterruptedException {
        control.split(v1, v2);
        awaitInForce();
    }

    /** The registry goes on listing it until its lease is over: finding out is the mesh's business. */
    @Override
    public void kill(String instance) throws InterruptedException {
        backends.kill(instance);
    }

    /** It registers itself before it says that it is ready. */
    @Override
    public void restart(String instance) throws InterruptedException {
        backends.restart(instance, 0);
        awaitInForce();
    }

    @Override
    public void fault(String instance, Fault fault) {
        stats.fault(backends.get(instance).ports().admin(), fault);
    }

    /** The process itself does what is to be done when it is asked to end. */
    @Override
    public void drainAndStop(String instance) throws InterruptedException {
        backends.stop(instance);
    }

    @Override
    public void rotate() throws InterruptedException {
        rotation.run();
    }

    @Override
    public String rotated() {
        return rotation.remark();
    }

    @Override
    public RegistryScene registry() {
        return registry;
    }

    private void awaitInForce() throws InterruptedException {
        control.awaitInForce(shop.storefronts().ports().size());
    }
}
