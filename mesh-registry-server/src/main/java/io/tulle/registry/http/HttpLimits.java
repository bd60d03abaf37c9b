package io.tulle.registry.http;

import java.time.Duration;

/**
 * What one client may ask of the server.
 *
 * @param body bytes of a request's body
 * @param headers bytes of a request's first line and headers
 * @param connections how many may be open at once; more wait until one is closed
 * @param idle how long a connection may be silent
 */
record HttpLimits(int body, int headers, int connections, Duration idle) {
    /** 1 MiB of body, 16 KiB of headers, 18,000 connections, a minute. */
    static final HttpLimits DEFAULT = new HttpLimits(1024 * 1024, 16 * 1024, 18_000, Duration.ofMinutes(1));

    /** Files, libraries and the store need descriptors, too. */
    private static final int RESERVED_DESCRIPTORS = 500;

    /** Returns how many connections there may be in a process that may have {@code descriptors} files open, 1 or more. */
    int connectionsWithin(long descriptors) {
        return (int) Math.max(1, Math.min(connections, descriptors - RESERVED_DESCRIPTORS));
    }
}
