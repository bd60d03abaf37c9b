package planted.core.breaker;

/** Keeps every rule. */
public record KeepsToItself(int failures) {}
