package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Certificates;
import io.tulle.examples.bookshop.process.Shop;
import java.time.Instant;

/** Replaces the shop's certificates under load, and sees that every process has them. For one thread. */
public final class Rotation {
    private final Certificates certificates;
    private final Shop shop;
    private final StatsClient stats;
    private final ControlPlane control;
    private int renewals;

    /** Creates a rotation of a shop that is open. */
    public Rotation(Certificates certificates, Shop shop, StatsClient stats, ControlPlane control) {
        this.certificates = certificates;
        this.shop = shop;
        this.stats = stats;
        this.control = control;
    }

    /** Replaces every key and certificate once, then the authority itself: first both are trusted, then the next one issues, then it alone is trusted. */
    void run() throws InterruptedException {
        inUse(certificates.renew());
        inUse(certificates.introduceAuthority());
        inUse(certificates.useAuthority());
        inUse(certificates.renew());
    }

    /** Returns what has come of it. */
    String remark() {
        return renewals + " times new certificates, and a new authority, in use everywhere";
    }

    private void inUse(Instant end) throws InterruptedException {
        long wanted = end.getEpochSecond();
        control.await("every process to use the certificates that end at " + end, () -> everywhere(wanted));
        renewals++;
    }

    private boolean everywhere(long end) {
        return shop.storefronts().ports().stream()
                        .allMatch(port -> stats.storefront(port).certificateEnds() == end)
                && shop.backends().all().stream()
                        .filter(each -> each.process().alive())
                        .allMatch(each -> stats.backend(each.ports().admin()).certificateEnds() == end);
    }
}
