package io.tulle.proofs.fault;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a registry may say that is not so. Each takes what is true and returns the lines that are sent in its place. */
public enum Lie {
    /** Every service exists and is empty: no instance, no route. */
    EMPTY_LISTS {
        @Override
        List<String> lines(Truth truth, int round) {
            return each(
                    truth,
                    WatchLine.Type.SNAPSHOT,
                    truth.epoch(),
                    truth.revision() + round,
                    service -> update(service, 0, List.of(), List.of()));
        }
    },

    /** Nine of ten instances have expired, and where there are fewer, all but one. */
    MASS_EXPIRY {
        @Override
        List<String> lines(Truth truth, int round) {
            return each(
                    truth,
                    WatchLine.Type.CHANGE,
                    truth.epoch(),
                    truth.revision() + round,
                    service ->
                            update(service, previous(truth, service, round), List.of(), mostInstances(truth, service)));
        }
    },

    /** The registry has gone back in time, in the same epoch, and knows no instance there. */
    OLDER_REVISION {
        @Override
        List<String> lines(Truth truth, int round) {
            return each(
                    truth,
                    WatchLine.Type.SNAPSHOT,
                    truth.epoch(),
                    Math.max(0, truth.revision() - 1 - round),
                    service -> update(service, 0, List.of(), List.of()));
        }
    },

    /** The registry has other data, in which no service exists. */
    ANOTHER_EPOCH {
        @Override
        List<String> lines(Truth truth, int round) {
            return each(
                    truth,
                    WatchLine.Type.SNAPSHOT,
                    "another-" + round,
                    round,
                    service ->
                            new WatchLine.ServiceUpdate(service, 0, false, List.of(), List.of(), List.of(), List.of()));
        }
    },

    /** The data of another tenant: of a service that nobody asked for, and, under the name of ours, instances that are not ours. */
    ANOTHER_NAMESPACE {
        @Override
        List<String> lines(Truth truth, int round) {
            List<String> lines = new ArrayList<>(each(
                    truth,
                    WatchLine.Type.CHANGE,
                    truth.epoch(),
                    truth.revision() + round,
                    service -> update(service, previous(truth, service, round), List.of(stranger(round)), List.of())));
            lines.add(line(
                    WatchLine.Type.SNAPSHOT,
                    truth.epoch(),
                    truth.revision() + round,
                    List.of(update("strangers/catalog", 0, List.of(stranger(round)), List.of()))));
            return lines;
        }
    },

    /** What is no line at all. */
    GARBAGE {
        @Override
        List<String> lines(Truth truth, int round) {
            return List.of(GARBAGE_LINES.get(round % GARBAGE_LINES.size()));
        }
    };

    private static final List<String> GARBAGE_LINES = List.of(
            "<html><body>502 Bad Gateway</body></html>",
            "{\"type\":\"change\",\"epoch\":",
            "\u0000\u0001\u0002",
            "{\"type\":\"snapshot\",\"epoch\":null,\"revision\":\"seven\",\"services\":{}}",
            "{\"type\":\"praise\",\"epoch\":\"x\",\"revision\":9223372036854775807}",
            "[".repeat(100_000),
            "x".repeat(2 * 1024 * 1024));

    /** Returns lines for the {@code round}-th time that the lie is told, 1 for the first. */
    abstract List<String> lines(Truth truth, int round);

    private interface ForService {
        WatchLine.ServiceUpdate update(String service);
    }

    private static List<String> each(Truth truth, WatchLine.Type type, String epoch, long revision, ForService about) {
        List<WatchLine.ServiceUpdate> updates =
                truth.services().keySet().stream().map(about::update).toList();
        return List.of(line(type, epoch, revision, updates));
    }

    private static String line(
            WatchLine.Type type, String epoch, long revision, List<WatchLine.ServiceUpdate> updates) {
        return JsonRecords.write(new WatchLine(type, epoch, revision, updates));
    }

    private static WatchLine.ServiceUpdate update(
            String service, long previous, List<Resource> resources, List<WatchLine.Removed> removed) {
        return new WatchLine.ServiceUpdate(service, previous, true, List.of(), resources, removed, List.of());
    }

    private static long previous(Truth truth, String service, int round) {
        return round == 1 ? truth.lastChange(service) : truth.revision() + round - 1;
    }

    private static List<WatchLine.Removed> mostInstances(Truth truth, String service) {
        List<Instance> instances = truth.services().getOrDefault(service, Map.of()).values().stream()
                .filter(Instance.class::isInstance)
                .map(Instance.class::cast)
                .toList();
        int gone = Math.min(instances.size() - 1, (int) Math.ceil(instances.size() * 0.9));
        return instances.stream()
                .limit(Math.max(0, gone))
                .map(instance -> new WatchLine.Removed(
                        instance.kind().title(),
                        instance.metadata().name(),
                        instance.spec().uid(),
                        RemovalReason.EXPIRED))
                .toList();
    }

    private static Instance stranger(int round) {
        return new Instance(
                Metadata.of("strangers", "catalog-" + round),
                Instance.Spec.of("catalog", "stranger-" + round, "127.0.0.1", 9));
    }
}
