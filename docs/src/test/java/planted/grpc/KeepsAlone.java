package planted.grpc;

/** Keeps every rule. */
public record KeepsAlone(String name) {}
