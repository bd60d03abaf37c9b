package io.tulle.examples.bookshop.service;

/**
 * What {@code GET /_stats} at the admin port of a backend says.
 *
 * @param requests how many requests for books have come since it started
 * @param inFlight how many of them it is working on
 * @param abandoned how many answers nobody waited for any more
 * @param certificateEnds when the certificate that it shows now ends, in seconds since 1970; 0 when it has none
 */
public record BackendStats(long requests, long inFlight, long abandoned, long certificateEnds) {}
