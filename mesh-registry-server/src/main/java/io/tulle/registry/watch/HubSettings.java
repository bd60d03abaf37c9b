package io.tulle.registry.watch;

import java.time.Duration;

/**
 * What a hub gives each watcher.
 *
 * @param progress how often it says how far it is
 * @param patience how long a watcher may take nothing before it is cut
 * @param mostLines how many lines wait for one watcher
 * @param mostBytes how many bytes wait for one watcher
 * @param mostWatchers how many there may be
 */
public record HubSettings(Duration progress, Duration patience, int mostLines, int mostBytes, int mostWatchers) {
    /** Progress every 5 s, 15 s of patience, 256 lines or 1 MiB, 18,000 watchers. */
    public static final HubSettings DEFAULT =
            new HubSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), 256, 1024 * 1024, 18_000);

    /** Returns the same with another pace of progress marks. */
    public HubSettings withProgress(Duration newProgress) {
        return new HubSettings(newProgress, patience, mostLines, mostBytes, mostWatchers);
    }
}
