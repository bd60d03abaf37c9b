package io.tulle.examples.bookshop.report;

import io.tulle.examples.bookshop.script.LiveView;
import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Stage;
import io.tulle.examples.bookshop.script.Step;
import io.tulle.examples.bookshop.script.TargetRow;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The script on a screen: one line per finished step, and below them a table that is redrawn every second. For one thread. */
public final class LiveStage implements Stage {
    private static final int SECONDS = 60;
    private static final double LOWEST_TOP = 100;

    private final PrintStream out;
    private final Ink ink;
    private final Rows rows;
    private final PhaseLine line;
    private final Deque<Double> p99 = new ArrayDeque<>();
    private final Deque<Double> failed = new ArrayDeque<>();
    private String heading = "";
    private int drawn;
    private boolean headed;

    /** Creates a stage. */
    public LiveStage(Terminal terminal) {
        out = terminal.out();
        ink = new Ink(terminal);
        rows = new Rows(ink);
        line = new PhaseLine(ink);
    }

    @Override
    public void announce(int number, int of, Step step) {
        String place = number == 0 ? "" : number + "/" + of + " ";
        heading = ink.strong(ink.arrow() + " " + place + step.name()) + "  " + step.says();
        draw(List.of("", heading));
    }

    @Override
    public void live(LiveView view) {
        note(p99, view.pages().p99());
        note(failed, (double) view.pages().errors());
        List<String> lines = new ArrayList<>(List.of("", heading, "", rows.header(), rows.row(view.pages())));
        for (TargetRow row : view.rows()) {
            lines.add(rows.row(row));
        }
        double top = Math.max(
                LOWEST_TOP, p99.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "  page p99  %s  top %.0f ms", ink.curve(List.copyOf(p99), top), top));
        double worst = failed.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        String curve = ink.curve(List.copyOf(failed), Math.max(1, worst));
        lines.add(String.format(Locale.ROOT, "  failed    %s  top %.0f", worst > 0 ? ink.bad(curve) : curve, worst));
        draw(lines);
    }

    @Override
    public void note(String text) {
        draw(List.of());
        out.println("  " + text);
    }

    @Override
    public void played(PhaseReport report) {
        draw(List.of());
        if (!headed) {
            out.println(line.header());
            headed = true;
        }
        out.println(line.line(report));
    }

    private static void note(Deque<Double> values, double value) {
        values.addLast(value);
        if (values.size() > SECONDS) {
            values.removeFirst();
        }
    }

    /** Replaces what was drawn last. */
    private void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append("A\r\u001b[J");
        }
        lines.forEach(each -> text.append(each).append('\n'));
        out.print(text);
        out.flush();
        drawn = lines.size();
    }
}
