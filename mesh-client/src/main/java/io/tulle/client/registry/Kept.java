package io.tulle.client.registry;

import io.tulle.api.resource.Resource;

/**
 * A resource that stays in force although the registry does not have it (any more).
 *
 * @param resource what stays
 * @param reason why it is not obeyed that it is gone
 * @param since when that began, by the ticker
 */
record Kept(Resource resource, Reason reason, long since) {
    /** What the registry says, or does not say. */
    enum Reason {
        /** Its lease ran out, together with those of too many others. */
        EXPIRED,
        /** It is not there, and nobody says why. */
        ABSENT
    }
}
