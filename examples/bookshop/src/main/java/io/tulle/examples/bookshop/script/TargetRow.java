package io.tulle.examples.bookshop.script;

import java.util.List;

/**
 * How calls to a service, or to a subset of it, went for a while.
 *
 * @param target {@code service} or {@code service/subset}
 * @param calls calls that ended
 * @param rate calls a second
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param errors calls without a good response
 * @param retries attempts after the first
 * @param ejected names of instances that are, or were, out
 */
public record TargetRow(
        String target,
        long calls,
        double rate,
        double p50,
        double p99,
        long errors,
        long retries,
        List<String> ejected) {

    /** Returns whether an instance belongs to this service and subset, as its name tells. */
    boolean owns(String instance) {
        return owns(target, instance);
    }

    static boolean owns(String target, String instance) {
        return instance.startsWith(target.replace('/', '-') + "-");
    }
}
