package planted.client;

import planted.core.breaker.KeepsToItself;

/** Breaks: the core shows call and snapshot only. */
public record SeesBreaker(KeepsToItself breaker) {}
