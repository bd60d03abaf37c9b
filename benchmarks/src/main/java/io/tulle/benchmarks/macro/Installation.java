package io.tulle.benchmarks.macro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** What runs beside the clients: three backends, and what else the rows need. Confined to one thread. */
final class Installation implements AutoCloseable {
    private static final int BACKENDS = 3;
    private static final int HEAP_MB = 128;

    private final Deque<Runnable> ends = new ArrayDeque<>();

    private final Path folder;

    private Installation(Path folder) {
        this.folder = folder;
    }

    /** Starts everything and writes the {@link Site} into the folder. */
    static Installation start(Path folder, Set<Need> needs) throws IOException {
        Installation installation = new Installation(folder);
        try {
            installation.run(needs).write();
            return installation;
        } catch (IOException | IllegalStateException e) {
            installation.close();
            throw e;
        }
    }

    private Site run(Set<Need> needs) throws IOException {
        if (needs.contains(Need.CERTIFICATES) || needs.contains(Need.SIDECARS)) {
            Certificates.make(folder);
        }
        List<Child> backends = new ArrayList<>();
        for (int i = 1; i <= BACKENDS; i++) {
            Child backend = Child.jvm(
                    "backend-" + i, folder, HEAP_MB, Backend.class, List.of(String.valueOf(i), folder.toString()));
            ends.push(backend::close);
            backends.add(backend);
        }
        List<List<Integer>> ports =
                backends.stream().map(Child::ready).map(Installation::ports).toList();
        List<Integer> http = column(ports, 0);
        int sidecar = 0;
        List<Long> sidecars = List.of();
        if (needs.contains(Need.SIDECARS)) {
            Sidecars both = Sidecars.start(folder, http);
            ends.push(both::close);
            sidecar = both.port();
            sidecars = both.pids();
        }
        List<Integer> grpc = column(ports, 2);
        int xds = 0;
        if (needs.contains(Need.CONTROL_PLANE)) {
            Child control = Child.jvm(
                    "control-plane",
                    folder,
                    HEAP_MB,
                    ControlPlane.class,
                    grpc.stream().map(String::valueOf).toList());
            ends.push(control::close);
            xds = Integer.parseInt(control.ready());
        }
        List<Long> pids = backends.stream().map(Child::pid).toList();
        return new Site(folder, http, column(ports, 1), grpc, sidecar, xds, pids, sidecars);
    }

    private static List<Integer> ports(String line) {
        return Arrays.stream(line.split(" ")).map(Integer::valueOf).toList();
    }

    private static List<Integer> column(List<List<Integer>> rows, int index) {
        return rows.stream()
                .map(row -> row.get(index))
                .filter(port -> port != 0)
                .toList();
    }

    /** Returns where its clients find what they must know. */
    Path folder() {
        return folder;
    }

    /** Ends everything, what was started last first. */
    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
