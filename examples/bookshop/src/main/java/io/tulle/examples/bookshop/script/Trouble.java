package io.tulle.examples.bookshop.script;

/**
 * How much an instance in trouble was used.
 *
 * @param instance its name
 * @param attempts how often callers tried it
 * @param calls how many calls there were to its service and version
 */
public record Trouble(String instance, long attempts, long calls) {}
