package planted.client;

import org.jspecify.annotations.Nullable;
import planted.core.call.KeepsComposing;
import tools.jackson.core.JsonParser;

/** Keeps every rule: uses Jackson where nobody sees it. */
public final class KeepsCodecInside {
    private @Nullable JsonParser parser;

    /** Sees the part of the core that is meant to be seen. */
    public long now(KeepsComposing call) {
        return parser == null ? call.nowNanos() : 0;
    }
}
