package io.tulle.client.registry;

/**
 * A request that brought nothing.
 *
 * @param status of HTTP; 0 when there was no answer
 * @param code of the problem; empty when there is none
 * @param message what happened, one line, for people
 */
record Failure(int status, String code, String message) {
    static Failure noAnswer(String message) {
        return new Failure(0, "", message);
    }

    boolean unknownSession() {
        return status == 404 && code.equals("unknown-session");
    }

    /** What the stream is to resume from is too old: snapshots are needed. */
    boolean compacted() {
        return status == 410;
    }

    /** The registry knows less than we have heard. */
    boolean behind() {
        return status == 503 && code.equals("behind");
    }

    /** The request itself is refused: the same again brings the same again. */
    boolean refused() {
        return status >= 400 && status < 500 && status != 429;
    }
}
