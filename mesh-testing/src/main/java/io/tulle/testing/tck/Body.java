package io.tulle.testing.tck;

/** What body a scripted request has. */
public enum Body {
    /** None. */
    NONE,
    /** One that can be written as often as need be. */
    REPLAYABLE,
    /** One that can be written once. */
    ONE_SHOT
}
