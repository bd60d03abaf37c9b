package planted.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps every rule. */
public record KeepsToTheJdk(Duration timeout, @Nullable String name) {}
