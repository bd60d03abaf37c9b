package io.tulle.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Changes something once a second and measures when each watcher has it. */
final class PropagationRun {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int WARM_UP = 5;

    private final Servers servers;
    private final Path folder;
    private final int changes;

    PropagationRun(Servers servers, Path folder, int changes) {
        this.servers = servers;
        this.folder = folder;
        this.changes = changes;
    }

    FleetFigure run(Progress progress) {
        progress.say("propagation: " + FleetClients.CLIENTS + " clients, " + changes + " changes, one a second");
        try (ServerProcess registry = servers.registry(folder.resolve("propagation"), true);
                FleetClients clients = FleetClients.connect(registry.uri(), folder.resolve("state"))) {
            return figure(FleetRow.PROPAGATION, clients, registry.residentMb());
        }
    }

    FleetFigure bare(Progress progress) throws IOException {
        progress.say("propagation-bare: " + FleetClients.CLIENTS + " sockets, " + changes + " lines, one a second");
        try (BareFanOut sockets = BareFanOut.connect(FleetClients.CLIENTS)) {
            return figure(FleetRow.PROPAGATION_BARE, sockets, 0);
        }
    }

    private FleetFigure figure(FleetRow row, Watchers watchers, double residentMb) {
        double[] millis = new double[changes * FleetClients.CLIENTS];
        int filled = 0;
        for (int change = -WARM_UP; change < changes; change++) {
            long[] seen = once(watchers);
            for (int i = 0; change >= 0 && i < seen.length; i++) {
                millis[filled++] = seen[i] / 1e6;
            }
        }
        Arrays.sort(millis);
        return new FleetFigure(
                row,
                millis.length,
                millis[millis.length / 2],
                millis[(int) (millis.length * 0.99)],
                millis[millis.length - 1],
                residentMb);
    }

    /** One change and the rest of its second. */
    private static long[] once(Watchers watchers) {
        long start = System.nanoTime();
        long[] nanos = watchers.change(PATIENCE);
        long left = TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - start);
        try {
            if (left > 0 && new CountDownLatch(1).await(left, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two changes", e);
        }
        return nanos;
    }

    /** Those who wait for a change. */
    interface Watchers extends AutoCloseable {
        /**
         * Makes a change and waits until everybody has it.
         *
         * @return how long it took from sending it, for each, in nanoseconds
         * @throws IllegalStateException if somebody does not get it in time
         */
        long[] change(Duration patience);

        @Override
        void close();
    }
}
