package io.tulle.grpc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What names mean, as a test says; it is asked nothing that it must not be asked. Thread-safe. */
final class FakeDns implements Names.Lookup, AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> meanings = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> slow = new ConcurrentHashMap<>();

    FakeDns means(String host, String... addresses) {
        meanings.put(host, List.of(addresses));
        return this;
    }

    FakeDns forgets(String host) {
        meanings.remove(host);
        return this;
    }

    /** Has who asks for {@code host} wait until {@link #answers}. */
    FakeDns hesitates(String host) {
        slow.put(host, new CompletableFuture<>());
        return this;
    }

    FakeDns answers(String host) {
        slow.get(host).complete(null);
        return this;
    }

    @Override
    public InetAddress[] all(String host) throws UnknownHostException {
        asked.add(host);
        CompletableFuture<Void> answer = slow.get(host);
        if (answer != null) {
            answer.join();
        }
        List<String> addresses = meanings.getOrDefault(host, List.of());
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByAddress(
                    host, InetAddress.getByName(addresses.get(i)).getAddress());
        }
        return found;
    }

    @Override
    public void close() {
        slow.keySet().forEach(this::answers);
    }
}
