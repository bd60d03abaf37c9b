package io.tulle.registry.session;

import java.time.Duration;

/**
 * How often a process and the registry hear of each other.
 *
 * @param lease how long a session lives without renewal
 * @param progress how often a stream carries a progress mark; a process takes a stream for dead that has missed three
 */
public record Rhythm(Duration lease, Duration progress) {}
