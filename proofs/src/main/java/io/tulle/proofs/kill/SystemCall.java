package io.tulle.proofs.kill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a system call in the output of {@code strace -f -yy}, whose lines are in the order in which things happened.
 *
 * @param step whether it began, ended, or did both before anything else happened
 * @param name of the call, such as {@code fdatasync}
 * @param file what stands for its first argument: a path, or what {@code -yy} says of a socket
 * @param text the line's arguments, joined from both halves where it came in two
 * @param result the number that it returned; -1 before it has ended
 */
record SystemCall(Step step, String name, String file, String text, long result) {
    private static final Pattern WHOLE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\d+).*");
    private static final Pattern BEGIN = Pattern.compile("(\\d+) +(\\w+)\\((.*)<unfinished \\.\\.\\.>");
    private static final Pattern END = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)\\) += (-?\\d+).*");
    private static final Pattern FILE = Pattern.compile("\\d+<(.*?)>(,.*|$)");

    /** Which part of a call a line shows. */
    enum Step {
        /** The call began; its end comes later. */
        BEGIN,
        /** The call that began earlier ended. */
        END,
        /** The call began and ended. */
        WHOLE
    }

    boolean begins() {
        return step != Step.END;
    }

    boolean ends() {
        return step != Step.BEGIN;
    }

    /** Returns the calls of a trace; lines that are none are left out. */
    static List<SystemCall> parse(List<String> trace) {
        Map<String, String> begun = new HashMap<>();
        List<SystemCall> calls = new ArrayList<>();
        for (String line : trace) {
            Matcher whole = WHOLE.matcher(line);
            Matcher begin = BEGIN.matcher(line);
            Matcher end = END.matcher(line);
            if (whole.matches()) {
                String text = whole.group(3);
                calls.add(of(Step.WHOLE, whole.group(2), text, Long.parseLong(whole.group(4))));
            } else if (begin.matches()) {
                begun.put(begin.group(1), begin.group(3));
                calls.add(of(Step.BEGIN, begin.group(2), begin.group(3), -1));
            } else if (end.matches()) {
                String text = begun.getOrDefault(end.group(1), "") + end.group(3);
                calls.add(of(Step.END, end.group(2), text, Long.parseLong(end.group(4))));
            }
        }
        return calls;
    }

    private static SystemCall of(Step step, String name, String text, long result) {
        Matcher file = FILE.matcher(text.strip());
        return new SystemCall(step, name, file.matches() ? file.group(1) : "", text, result);
    }
}
