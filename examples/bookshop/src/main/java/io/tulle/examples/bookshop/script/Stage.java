package io.tulle.examples.bookshop.script;

/** Where the script is shown. For one thread. */
public interface Stage {
    /** A step begins. */
    void announce(int number, int of, Step step);

    /** A second has passed. */
    void live(LiveView view);

    /** Something is worth a line. */
    void note(String text);

    /** A step is over. */
    void played(PhaseReport report);
}
