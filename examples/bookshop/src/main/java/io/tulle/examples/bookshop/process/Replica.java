package io.tulle.examples.bookshop.process;

/**
 * A place for one instance: its name outlives the processes that fill it.
 *
 * @param service catalog, reviews or ratings
 * @param version the label {@code version}; empty for a service without versions
 * @param number from 1
 */
public record Replica(String service, String version, int number) {
    /** Returns a name such as {@code catalog-v1-2}. */
    public String name() {
        return service + (version.isEmpty() ? "" : "-" + version) + "-" + number;
    }

    /** Returns {@code service/version}, or the service alone when it has no versions. */
    public String target() {
        return version.isEmpty() ? service : service + "/" + version;
    }
}
