package io.tulle.client.codec;

import io.tulle.api.resource.NearestNames;
import java.util.Collection;
import java.util.List;

/** Words for messages about names that are not known. */
final class Names {
    private static final int LONGEST = 100;

    private Names() {}

    /** Returns {@code ; did you mean x?}, or nothing when no known name is near. */
    static String suggestion(String name, Collection<String> known) {
        List<String> near = name.length() > LONGEST ? List.of() : NearestNames.to(name, known);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }
}
