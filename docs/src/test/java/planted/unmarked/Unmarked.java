package planted.unmarked;

/** Breaks: every package is null-marked. */
public interface Unmarked {}
