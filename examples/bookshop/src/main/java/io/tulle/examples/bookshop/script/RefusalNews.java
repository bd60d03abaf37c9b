package io.tulle.examples.bookshop.script;

import java.util.ArrayList;
import java.util.List;

/** Tells when a configuration begins to be refused, for what, and when that is over. For one thread. */
final class RefusalNews {
    private List<String> known = List.of();

    /** Returns lines to show, none when nothing is new; {@code refused} is what is refused now. */
    List<String> lines(List<String> refused) {
        if (refused.equals(known)) {
            return List.of();
        }
        known = List.copyOf(refused);
        if (refused.isEmpty()) {
            return List.of("the configuration in the folder is valid again and in force");
        }
        List<String> lines = new ArrayList<>(List.of("refused; the last good configuration stays in force:"));
        refused.forEach(reason -> reason.lines().map(line -> "  " + line).forEach(lines::add));
        return lines;
    }
}
