package io.tulle.client.codec;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.api.resource.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Valid resources drawn from a seed; strings are those that writers quote wrongly. */
final class SampleResources {
    private static final List<String> AWKWARD = List.of(
            "",
            " ",
            "true",
            "True",
            "no",
            "null",
            "~",
            "1",
            "-1.5e3",
            ".inf",
            "0x1F",
            "0o7",
            "1_000",
            "12:30",
            "a: b",
            "- a",
            "#x",
            "x #y",
            "&a",
            "*a",
            "!x",
            "%y",
            "@z",
            "`q`",
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            "\"",
            "\\",
            "\\n",
            "line\nbreak",
            "tab\t",
            "trailing ",
            " leading",
            "é",
            "日本",
            "😀",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\u0007",
            "---",
            "...",
            "? a",
            "| a",
            "> b",
            "<<",
            "=",
            "y",
            "2001-12-14",
            "x".repeat(300),
            "a\r\nb",
            "\n",
            "\n\n");

    private final Random random;

    SampleResources(long seed) {
        random = new Random(seed);
    }

    List<Resource> resources() {
        return list(4, this::resource);
    }

    Resource resource() {
        return switch (random.nextInt(4)) {
            case 0 -> new Service(metadata(), new Service.Spec(pick(Protocol.values()), subsets()));
            case 1 ->
                new Route(
                        metadata(),
                        new Route.Spec(
                                reference(),
                                rules(),
                                new Route.RetryBudget(percent(), percent() * 10, duration(1_000, 60_000))));
            case 2 -> new TrafficPolicy(metadata(), policy());
            default -> new Instance(metadata(), instance());
        };
    }

    private Metadata metadata() {
        return new Metadata(name(), name(), labels(), text());
    }

    private List<Service.Subset> subsets() {
        List<Service.Subset> subsets = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Map<String, String> labels = new TreeMap<>(labels());
            labels.put("v", "v" + i);
            subsets.add(new Service.Subset("s" + i, labels));
        }
        return subsets;
    }

    private List<Route.Rule> rules() {
        List<Route.Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules.add(Route.Rule.builder()
                    .name(random.nextBoolean() ? "" : "r" + i)
                    .matches(list(3, this::match).toArray(new Route.Match[0]))
                    .destinations(list(
                                    3,
                                    () -> new Route.Destination(
                                            random.nextBoolean() ? "" : reference(),
                                            random.nextBoolean() ? "" : name(),
                                            1 + random.nextInt(100)))
                            .toArray(new Route.Destination[0]))
                    .timeout(duration(0, 86_400_000))
                    .retry(new Route.Retry(
                            1 + random.nextInt(10),
                            duration(0, 3_600_000),
                            list(3, () -> 400 + random.nextInt(200)),
                            duration(0, 1_000),
                            duration(1_000, 300_000)))
                    .idempotent(random.nextInt(3) == 0 ? null : random.nextBoolean())
                    .build());
        }
        return rules;
    }

    private Route.Match match() {
        Route.PathMatch path = random.nextBoolean()
                ? new Route.PathMatch("/" + text(), null)
                : new Route.PathMatch(null, "/" + text());
        return new Route.Match(
                random.nextInt(3) == 0 ? null : path,
                random.nextBoolean() ? null : "GET",
                list(2, () -> new Route.HeaderMatch("x-" + name(), random.nextBoolean() ? null : text())));
    }

    private TrafficPolicy.Spec policy() {
        return new TrafficPolicy.Spec(
                reference(),
                new TrafficPolicy.LoadBalancer(
                        pick(TrafficPolicy.Algorithm.values()), duration(100, 600_000), duration(0, 60_000)),
                new TrafficPolicy.OutlierDetection(
                        random.nextInt(1001),
                        percent(),
                        1 + random.nextInt(63),
                        duration(1, 1_000),
                        duration(1_000, 86_400_000),
                        percent(),
                        percent()),
                random.nextBoolean()
                        ? null
                        : new TrafficPolicy.ServiceBreaker(
                                1 + percent() / 2, 5, duration(1_000, 600_000), duration(10, 3_600_000), 3),
                random.nextBoolean() ? null : new TrafficPolicy.ConcurrencyLimit(1 + random.nextInt(1000)),
                random.nextBoolean()
                        ? null
                        : new TrafficPolicy.Inbound(random.nextBoolean() ? null : 1 + random.nextInt(1000)));
    }

    private Instance.Spec instance() {
        String uid = text().replace("/", "");
        return new Instance.Spec(
                reference(),
                uid.length() > 128 ? "u" : uid,
                "h" + random.nextInt(9),
                1 + random.nextInt(65535),
                1 + random.nextInt(1000),
                pick(Instance.State.values()),
                random.nextBoolean() ? Instance.Locality.UNKNOWN : new Instance.Locality("eu", "a"),
                pick(TlsMode.values()),
                pick(Protocol.values()));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        List<String> values = List.of("", "1", "true", "null", "1.0", "web", "0x1F", "1e3");
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.put(
                    (random.nextBoolean() ? "tulle.io/" : "")
                            + pick(new String[] {"a", "true", "1", "y", "null", "x_1.z"}),
                    values.get(random.nextInt(values.size())));
        }
        return labels;
    }

    private String text() {
        return AWKWARD.get(random.nextInt(AWKWARD.size()));
    }

    private String name() {
        return pick(new String[] {"a", "1", "true", "null", "1e3", "catalog", "no", "x-1"});
    }

    private String reference() {
        return random.nextBoolean() ? name() : name() + "/" + name();
    }

    private double percent() {
        return random.nextBoolean() ? random.nextInt(101) : random.nextDouble() * 100;
    }

    private Duration duration(int minMillis, int maxMillis) {
        return Duration.ofMillis(minMillis + random.nextInt(maxMillis - minMillis + 1));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> list(int most, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }
}
