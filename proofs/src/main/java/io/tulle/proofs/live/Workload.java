package io.tulle.proofs.live;

import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What one writer writes: single services and policies, several of them together, and now and then the deletion of a policy. Not thread-safe. */
final class Workload {
    private static final int MOST_TOGETHER = 5;

    private final Random random;
    private final int services;
    private final int writer;
    private final int writers;

    Workload(long seed, int services, int writer, int writers) {
        random = new Random(seed);
        this.services = services;
        this.writer = writer;
        this.writers = writers;
    }

    /** Returns the names of all services. */
    static List<String> services(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> AdminClient.NAMESPACE + "/s" + number)
                .toList();
    }

    /** Returns what makes every service. */
    static List<Write.Part> everything(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> part("Service", number, false))
                .toList();
    }

    /** Returns a write to a service that nobody else writes or follows. */
    static List<Write.Part> probe() {
        String service = AdminClient.NAMESPACE + "/probe";
        return List.of(new Write.Part("Service " + service, service, false));
    }

    /** Returns the parts of the next write. */
    List<Write.Part> next() {
        int dice = random.nextInt(10);
        int service = random.nextInt(services);
        if (dice < 2) {
            return several();
        } else if (dice == 2 && own() < services) {
            return List.of(part("TrafficPolicy", own(), true));
        }
        return List.of(part(dice < 6 ? "TrafficPolicy" : "Service", service, false));
    }

    /** A policy that no other writer deletes, so that a deletion can be told from another one. */
    private int own() {
        return writer % Math.max(writers, services);
    }

    private List<Write.Part> several() {
        List<Write.Part> all = new ArrayList<>();
        for (int number = 0; number < services; number++) {
            all.add(part("Service", number, false));
            all.add(part("TrafficPolicy", number, false));
        }
        Collections.shuffle(all, random);
        return all.subList(0, 2 + random.nextInt(MOST_TOGETHER - 1));
    }

    private static Write.Part part(String kind, int number, boolean delete) {
        String service = AdminClient.NAMESPACE + "/s" + number;
        return new Write.Part(kind + " " + service, service, delete);
    }
}
