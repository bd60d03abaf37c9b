package io.tulle.benchmarks.fleet;

import java.util.Arrays;
import java.util.List;

/** What is measured. */
public enum FleetRow {
    /** The peer: the same HTTP server that says hello and does nothing else. */
    HELLO_READY("hello-ready", ""),
    /** An empty registry, without a class archive. */
    READY("registry-ready", ""),
    /** An empty registry, with the archive that the launcher has made. */
    READY_ARCHIVE("registry-ready-archive", "<= 1000 ms, <= 120 MB"),
    /** A registry of 1,000 services and 20,000 instances, without an archive. */
    READY_FULL("registry-ready-full", ""),
    /** The same with the archive. */
    READY_FULL_ARCHIVE("registry-ready-full-archive", ""),
    /** The peer: one line to every one of so many sockets, read by a thread each. */
    PROPAGATION_BARE("propagation-bare", ""),
    /** A route's change, from sending it to being in force in every client. */
    PROPAGATION("propagation", "p99 <= 100 ms with 1,000 watchers");

    private final String title;
    private final String target;

    FleetRow(String title, String target) {
        this.title = title;
        this.target = target;
    }

    /** Returns the row's name, which stays stable. */
    public String title() {
        return title;
    }

    String target() {
        return target;
    }

    boolean full() {
        return this == READY_FULL || this == READY_FULL_ARCHIVE;
    }

    boolean archive() {
        return this == READY_ARCHIVE || this == READY_FULL_ARCHIVE;
    }

    /** Returns the names of all rows. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(FleetRow::title).toList();
    }
}
