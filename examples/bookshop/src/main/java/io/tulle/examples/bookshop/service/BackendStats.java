package io.tulle.examples.bookshop.service;

/**
 * What {@code GET /_stats} of a backend says.
 *
 * @param requests how many requests for books have come since it started
 * @param inFlight how many of them it is working on
 * @param abandoned how many answers nobody waited for any more
 */
public record BackendStats(long requests, long inFlight, long abandoned) {}
