package planted.core.retry;

import planted.core.window.KeepsCounts;

/** Keeps every rule: the window is there for the capabilities. */
public record KeepsToWindow(KeepsCounts counts) {}
