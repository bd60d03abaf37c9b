package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import io.tulle.registry.http.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a resource a write is for.
 *
 * @param match the present version must be one of these; null: any or none
 * @param noneMatch the present version must be none of these; null: any or none
 * @param absent whether there must not be one
 */
public record Precondition(
        @Nullable EntityTags match, @Nullable EntityTags noneMatch, boolean absent) {
    /** Whatever is there. */
    public static final Precondition NONE = new Precondition(null, null, false);

    /** Returns the same for a resource that must not exist. */
    public Precondition andAbsent() {
        return new Precondition(match, noneMatch, true);
    }

    /**
     * Checks the version that is there.
     *
     * @param title of the resource, for messages
     * @param revision of the present version; 0: there is none
     * @throws ProblemException 412 or 409
     */
    void check(String title, long revision) {
        String present = revision == 0 ? title + " does not exist" : title + " is at version " + revision;
        if (match != null && !match.match(revision)) {
            throw failed(present + " (expected by If-Match: " + match + "); read it again");
        }
        if (noneMatch != null && noneMatch.match(revision)) {
            throw failed(present + " (expected by If-None-Match: none of " + noneMatch + ")");
        }
        if (absent && revision != 0) {
            throw new ProblemException(
                    409, "already-exists", title + " exists, at version " + revision + "; replace it with PUT");
        }
    }

    /**
     * Checks the version that a body names.
     *
     * @param pointer to the resource in the body
     * @throws ProblemException 409
     */
    static void checkVersion(Resource next, long revision, String pointer) {
        String named = next.metadata().resourceVersion();
        if (!named.isEmpty() && !named.equals(Long.toString(revision))) {
            String present = revision == 0 ? "there is none" : "the present one is " + revision;
            String detail = "'" + named + "' (" + present + "; read it again, or leave resourceVersion out)";
            throw new ProblemException(
                    409,
                    "conflict",
                    next.title() + " has another version than resourceVersion " + detail,
                    List.of(new ProblemException.Field(pointer + "/metadata/resourceVersion", detail)),
                    Map.of());
        }
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(412, "precondition-failed", detail);
    }
}
