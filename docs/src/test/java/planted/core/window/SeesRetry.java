package planted.core.window;

import planted.core.retry.KeepsToWindow;

/** Breaks: only call and snapshot compose. */
public record SeesRetry(KeepsToWindow retry) {}
