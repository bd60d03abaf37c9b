package io.tulle.examples.bookshop.process;

import java.util.List;

/** Options for the JVMs of the shop: small, and quick to be warm. */
final class Jvm {
    /** A backend only waits, answers and keeps itself registered: the first compiler is enough for it and soon done. */
    static final List<String> BACKEND = List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dsun.net.httpserver.nodelay=true",
            "-Dsun.net.httpserver.maxIdleConnections=2000",
            "-Dsun.net.httpserver.idleInterval=600");

    /** A storefront carries every call, and begins to while the machine is busiest: code that is fast soon is worth more here than code that is fastest later. */
    static final List<String> STOREFRONT = List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dsun.net.httpserver.nodelay=true",
            "-Dsun.net.httpserver.maxIdleConnections=2000",
            "-Dsun.net.httpserver.idleInterval=600");

    /** The registry is small here. */
    static final List<String> REGISTRY =
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private Jvm() {}
}
