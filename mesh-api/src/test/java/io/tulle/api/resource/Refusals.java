package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;

/** What a constructor says about the fields that it refuses. */
final class Refusals {
    private Refusals() {}

    /** Returns {@code pointer: value (expected: ...)} for each bad field; empty when all are good. */
    static List<String> of(Runnable construction) {
        InvalidResourceException refusal = catchThrowableOfType(InvalidResourceException.class, construction::run);
        return refusal == null
                ? List.of()
                : refusal.fields().stream().map(InvalidField::toString).toList();
    }
}
