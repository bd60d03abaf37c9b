package planted.core.window;

/** Keeps every rule. */
public record KeepsCounts(long count) {}
