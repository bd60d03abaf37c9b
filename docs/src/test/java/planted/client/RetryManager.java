package planted.client;

/** Breaks: names say what a class is. */
public interface RetryManager {}
