package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.service.Fault;

/** What a step can do to the shop. Each method returns when it has taken effect. */
public interface Scene {
    /** Splits the calls to catalog over v1 and v2, in percent. */
    void weights(int v1, int v2) throws InterruptedException;

    /** Kills an instance without telling anybody. */
    void kill(String instance) throws InterruptedException;

    /** Starts a killed instance again. */
    void restart(String instance) throws InterruptedException;

    /** Breaks an instance, or heals it. */
    void fault(String instance, Fault fault) throws InterruptedException;

    /** Takes an instance out in an orderly way and ends its process. */
    void drainAndStop(String instance) throws InterruptedException;

    /** Replaces all certificates, and the authority behind them; only in a shop that has any. */
    void rotate() throws InterruptedException;

    /** Returns what came of {@link #rotate}. */
    String rotated();

    /** Returns what can be done to the registry; only in a shop that has one. */
    RegistryScene registry();
}
