package io.tulle.examples.bookshop.service;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code GET /_stats} of a storefront says: totals since it started.
 *
 * @param pages how many pages it has served, those for its own warm-up left out
 * @param instances names of the instances that it knows now
 * @param certificateEnds when the certificate that it shows now ends, in seconds since 1970; 0 when it has none
 * @param targets by {@code service} or {@code service/subset}
 * @param attempts how often each instance was tried
 * @param ejected names of the instances that are out now
 * @param ejections how often each instance was taken out
 */
public record StorefrontStats(
        long pages,
        Set<String> instances,
        long certificateEnds,
        Map<String, Target> targets,
        Map<String, Long> attempts,
        List<String> ejected,
        Map<String, Long> ejections) {

    /**
     * Calls to a service or to one of its subsets.
     *
     * @param calls how many have ended
     * @param errors how many of them brought no good response
     * @param retries how often a call was tried again
     * @param latency microseconds from start to end, as a compressed HdrHistogram in Base64
     */
    public record Target(long calls, long errors, long retries, String latency) {}
}
