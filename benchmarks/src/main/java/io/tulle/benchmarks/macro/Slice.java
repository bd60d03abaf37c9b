package io.tulle.benchmarks.macro;

/**
 * A stretch of load.
 *
 * @param leadMillis how long calls run before they count
 * @param millis how long they count
 * @param perSecond how many calls are begun per second, by all threads together; 0 means that each thread calls again as soon as it is answered
 */
record Slice(int leadMillis, int millis, int perSecond) {
    /** Returns it as a line for {@link #of(String)}. */
    String line() {
        return leadMillis + " " + millis + " " + perSecond;
    }

    static Slice of(String line) {
        String[] words = line.split(" ");
        return new Slice(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
}
