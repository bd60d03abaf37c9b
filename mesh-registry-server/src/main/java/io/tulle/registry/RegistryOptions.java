package io.tulle.registry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a registry runs.
 *
 * @param host where it listens; only a loopback address for now, because there is neither TLS nor authentication yet
 * @param port where it listens, 0..65535; 0 for a free one
 * @param data the folder of its data, made when missing; null keeps everything in memory only
 * @param lease how long a session lives without renewal, 1s..10m
 * @param progress how often every watcher gets a progress mark, 100ms..1m
 */
public record RegistryOptions(
        String host, int port, @Nullable Path data, Duration lease, Duration progress) {
    /** Listens on 127.0.0.1:7070, keeps everything in memory; lease 30 s, progress marks every 5 s. */
    public static final RegistryOptions DEFAULT =
            new RegistryOptions("127.0.0.1", 7070, null, Duration.ofSeconds(30), Duration.ofSeconds(5));

    /** Returns the same with another port. */
    public RegistryOptions withPort(int newPort) {
        return new RegistryOptions(host, newPort, data, lease, progress);
    }

    /** Returns the same with a data folder. */
    public RegistryOptions withData(@Nullable Path newData) {
        return new RegistryOptions(host, port, newData, lease, progress);
    }

    /** Returns the same with another lease. */
    public RegistryOptions withLease(Duration newLease) {
        return new RegistryOptions(host, port, data, newLease, progress);
    }

    /** Returns the same with other progress marks. */
    public RegistryOptions withProgress(Duration newProgress) {
        return new RegistryOptions(host, port, data, lease, newProgress);
    }

    /** Returns the address for a port that was bound. */
    URI uri(int boundPort) {
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + boundPort);
    }
}
