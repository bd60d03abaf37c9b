package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.service.Fault;

/** The shop without a mesh: callers have a fixed list of instances, so there is nobody to tell anything. */
public final class PlainScene implements Scene {
    private final Backends backends;
    private final StatsClient stats;

    /** Creates a scene. */
    public PlainScene(Backends backends, StatsClient stats) {
        this.backends = backends;
        this.stats = stats;
    }

    /** Client-side round robin knows no weights. */
    @Override
    public void weights(int v1, int v2) {
        // nothing to edit: every instance gets the same
    }

    @Override
    public void kill(String instance) throws InterruptedException {
        backends.kill(instance);
    }

    /** On the same port, or the fixed list would never find it again. */
    @Override
    public void restart(String instance) throws InterruptedException {
        backends.restart(instance, backends.get(instance).ports().service());
    }

    @Override
    public void fault(String instance, Fault fault) {
        stats.fault(backends.get(instance).ports().admin(), fault);
    }

    @Override
    public void drainAndStop(String instance) throws InterruptedException {
        backends.stop(instance);
    }

    @Override
    public void rotate() {
        throw new UnsupportedOperationException("there are no certificates in plain text");
    }

    @Override
    public String rotated() {
        throw new UnsupportedOperationException("there are no certificates in plain text");
    }

    @Override
    public RegistryScene registry() {
        throw new UnsupportedOperationException("there is no registry without a mesh");
    }
}
