package io.tulle.examples.bookshop.script;

/**
 * One step of the script.
 *
 * @param name short, for tables
 * @param says what is about to happen, for people
 * @param begin what is done when it begins
 * @param end what is undone when it ends
 * @param length relative to the length of a phase
 * @param trouble the instance that something happens to; empty when it happens to none
 * @param v1Percent share of catalog's calls that v1 must get
 * @param remark what is told of it when it is over
 * @param needsRegistry whether it cannot be played in a shop without a mesh
 */
public record Step(
        String name,
        String says,
        Action begin,
        Action end,
        double length,
        String trouble,
        int v1Percent,
        Remark remark,
        boolean needsRegistry) {
    /** Something done to the shop. */
    public interface Action {
        /** Does nothing. */
        Action NOTHING = scene -> {};

        /** Does it. */
        void on(Scene scene) throws InterruptedException;
    }

    /** Something that is told when a step is over. */
    public interface Remark {
        /** Tells nothing. */
        Remark NONE = scene -> "";

        /** Returns it in some words, empty for none. */
        String of(Scene scene);
    }

    /** Returns a step of normal length that undoes nothing and tells nothing. */
    static Step of(String name, String says, int v1Percent, Action begin) {
        return new Step(name, says, begin, Action.NOTHING, 1, "", v1Percent, Remark.NONE, false);
    }

    /** Returns the same step with something undone at its end. */
    Step then(Action undo) {
        return new Step(name, says, begin, undo, length, trouble, v1Percent, remark, needsRegistry);
    }

    /** Returns the same step with another length. */
    Step times(double factor) {
        return new Step(name, says, begin, end, factor, trouble, v1Percent, remark, needsRegistry);
    }

    /** Returns the same step, about an instance. */
    Step about(String instance) {
        return new Step(name, says, begin, end, length, instance, v1Percent, remark, needsRegistry);
    }

    /** Returns the same step, which tells something when it is over. */
    Step telling(Remark words) {
        return new Step(name, says, begin, end, length, trouble, v1Percent, words, needsRegistry);
    }

    /** Returns the same step, for a shop with a registry. */
    Step withRegistry() {
        return new Step(name, says, begin, end, length, trouble, v1Percent, remark, true);
    }
}
