package io.tulle.examples.bookshop.service;

import io.tulle.api.time.Ticker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The control: plain OkHttp and plain grpc-java, each instance of a fixed list in turn, and a timeout. Nothing else, and in plain text. */
public final class RoundRobinBookClient implements BookClient {
    private static final String RATINGS = "ratings";

    private final Map<String, List<Target>> targets;
    private final AtomicInteger turn = new AtomicInteger();
    private final OkHttpClient http;
    private final RoundRobinRatings ratings;
    private final CallStats stats;
    private final Ticker ticker;

    /**
     * One instance of the list.
     *
     * @param service whose instance it is
     * @param subset the version, for the statistics; may be empty
     * @param instance its name, for the statistics
     * @param address host and port
     */
    public record Target(String service, String subset, String instance, String address) {
        private static final Pattern FORM = Pattern.compile("([^/@]+)/([^/@]*)/([^/@]+)@(.+)");

        /** Parses {@code service/subset/instance@host:port}. */
        public static Target parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + text + "' (expected: service/subset/instance@host:port)");
            }
            return new Target(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
        }

        @Override
        public String toString() {
            return service + "/" + subset + "/" + instance + "@" + address;
        }
    }

    /**
     * Creates a client.
     *
     * @param timeout bounds a call; the same as the mesh's route has
     */
    public RoundRobinBookClient(List<Target> list, Duration timeout, CallStats stats, Ticker ticker) {
        targets = list.stream().collect(Collectors.groupingBy(Target::service));
        this.stats = stats;
        this.ticker = ticker;
        ratings = new RoundRobinRatings(targets.getOrDefault(RATINGS, List.of()), timeout, stats);
        http = new OkHttpClient.Builder()
                .callTimeout(timeout)
                .connectTimeout(Duration.ofSeconds(1))
                .connectionPool(new ConnectionPool(256, 1, TimeUnit.MINUTES))
                .build();
    }

    @Override
    public String book(String service, String book) throws IOException {
        return service.equals(RATINGS) ? rating(book) : page(service, book);
    }

    private String rating(String book) throws IOException {
        long start = ticker.nanos();
        boolean success = false;
        try {
            String rating = ratings.rating(book);
            success = true;
            return rating;
        } finally {
            stats.target(RATINGS, "").ended(ticker.nanos() - start, success);
        }
    }

    private String page(String service, String book) throws IOException {
        List<Target> instances = targets.getOrDefault(service, List.of());
        if (instances.isEmpty()) {
            throw new IOException(service + ": no instances");
        }
        Target target = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
        stats.attempted(target.instance());
        long start = ticker.nanos();
        boolean success = false;
        Request request = new Request.Builder()
                .url("http://" + target.address() + "/books/" + book)
                .build();
        try (Response response = http.newCall(request).execute()) {
            String body = response.body().string();
            success = response.code() == 200;
            if (!success) {
                throw new IOException(service + ": " + response.code());
            }
            return body;
        } catch (ConnectException e) {
            throw new IOException(service + ": connection refused", e);
        } catch (InterruptedIOException e) {
            throw new IOException(service + ": timeout", e);
        } finally {
            stats.target(service, target.subset()).ended(ticker.nanos() - start, success);
        }
    }

    @Override
    public Set<String> instances() {
        return targets.values().stream()
                .flatMap(List::stream)
                .map(Target::instance)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        ratings.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
