package io.tulle.examples.bookshop.script;

/** What a step can do to the registry, and to who depends on it. Each method returns when it has taken effect. */
public interface RegistryScene {
    /** Kills it without telling anybody. */
    void kill() throws InterruptedException;

    /** Starts it again on the data that it had; returns when every storefront follows it again. */
    void restart() throws InterruptedException;

    /** Puts an empty one in its place; returns when every instance that runs has registered itself there. */
    void replace() throws InterruptedException;

    /** Applies the configuration of the shop anew, with this split of the calls to catalog. */
    void furnish(int v1, int v2) throws InterruptedException;

    /** Starts one more storefront, which from now on gets its share of the visitors. */
    void openStorefront() throws InterruptedException;

    /** Returns how many pages the storefront that was opened last has served, for people. */
    String pages();

    /** Returns who follows the registry and who is registered there, for people. */
    String members();

    /** Returns how the instances found to the registry that replaced the former, for people. */
    String homecoming();
}
