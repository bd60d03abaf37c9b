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
}
