package io.tulle.benchmarks.fleet;

/** Is told how far a run is. */
@FunctionalInterface
interface Progress {
    void say(String what);
}
