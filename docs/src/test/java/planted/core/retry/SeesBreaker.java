package planted.core.retry;

import planted.core.breaker.KeepsToItself;

/** Breaks: capabilities do not see each other. */
public record SeesBreaker(KeepsToItself breaker) {}
