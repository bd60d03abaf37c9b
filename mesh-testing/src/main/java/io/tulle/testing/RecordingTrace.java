package io.tulle.testing;

import io.tulle.core.call.CallMachine;
import io.tulle.core.call.CallTrace;
import io.tulle.core.call.Command;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what goes into and comes out of call machines, one list of lines per call in order of start: {@code START @0}, {@code DISPATCH(1) @0}, {@code
 * HEAD(1) @12.5}, {@code COMMIT(1) @12.5}. The time is in milliseconds since the call's start. Thread-safe.
 *
 * <p>What leaves no mark on the call is not kept, because drivers may differ in it: AWAIT, and a HEAD, TIMER, WAKE or CANCEL that no command follows
 * (a timer that is early, the head of an attempt that was cancelled). START and END are always kept.
 */
public final class RecordingTrace implements CallTrace {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Lines> calls = new ArrayList<>();

    @Override
    public void event(CallMachine call, Event event, int attempt, long now) {
        lock.lock();
        try {
            of(call, event, now).event(event, attempt, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void command(CallMachine call, Command command, int attempt) {
        lock.lock();
        try {
            of(call, null, 0).command(command, attempt);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the lines of each call. */
    public List<List<String>> calls() {
        lock.lock();
        try {
            return calls.stream().map(lines -> List.copyOf(lines.kept)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Returns {@code lines} on one line without their times: {@code START DISPATCH(1) ...}. */
    public static String withoutTimes(List<String> lines) {
        return lines.stream().map(line -> line.substring(0, line.indexOf(" @"))).collect(Collectors.joining(" "));
    }

    private Lines of(CallMachine call, @Nullable Event event, long now) {
        for (int i = calls.size() - 1; i >= 0; i--) { // calls that are still going on are among the last
            if (calls.get(i).call == call) {
                return calls.get(i);
            }
        }
        if (event != Event.START) {
            throw new IllegalStateException(
                    (event == null ? "a command" : event) + " of a call that has not started (expected: START)");
        }
        Lines lines = new Lines(call, now);
        calls.add(lines);
        return lines;
    }

    private static final class Lines {
        final CallMachine call;
        final long start;
        final List<String> kept = new ArrayList<>();
        private String pending = "";
        private long last;

        Lines(CallMachine call, long start) {
            this.call = call;
            this.start = start;
        }

        void event(Event event, int attempt, long now) {
            last = now;
            String line = line(event.name(), attempt);
            boolean always = event == Event.START || event == Event.END;
            pending = always ? "" : line;
            if (always) {
                kept.add(line);
            }
        }

        void command(Command command, int attempt) {
            if (command != Command.AWAIT) {
                if (!pending.isEmpty()) {
                    kept.add(pending);
                }
                kept.add(line(command.name(), attempt));
            }
            pending = "";
        }

        private String line(String name, int attempt) {
            String millis =
                    BigDecimal.valueOf(last - start, 6).stripTrailingZeros().toPlainString();
            return name + (attempt == 0 ? "" : "(" + attempt + ")") + " @" + millis;
        }
    }
}
