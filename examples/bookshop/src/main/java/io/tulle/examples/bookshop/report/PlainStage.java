package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.LiveView;
import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Stage;
import io.tulle.examples.bookshop.script.Step;
import java.io.PrintStream;

/** The script as lines of text, for pipes and files: what is about to happen, then how it went. */
public final class PlainStage implements Stage {
    private final PrintStream out;
    private final Ink ink;

    /** Creates a stage. */
    public PlainStage(Terminal terminal) {
        out = terminal.out();
        ink = new Ink(terminal);
    }

    @Override
    public void announce(int number, int of, Step step) {
        out.println();
        out.println(
                ink.arrow() + " " + (number == 0 ? "" : number + "/" + of + " ") + step.name() + ": " + step.says());
    }

    @Override
    public void live(LiveView view) {
        // a table per second is for screens
    }

    @Override
    public void note(String text) {
        out.println("  " + text);
    }

    @Override
    public void played(PhaseReport report) {
        Rows rows = new Rows(ink);
        PhaseLine line = new PhaseLine(ink);
        out.println(rows.header());
        report.rows().forEach(row -> out.println(rows.row(row)));
        out.println(line.header());
        out.println(line.line(report));
    }
}
