package planted.core.call;

import planted.client.KeepsCodecInside;

/** Breaks: the core uses the API only. */
public record UsesClient(KeepsCodecInside client) {}
