package io.tulle.benchmarks.macro;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process of one row: calls as it is told on its standard input, a {@link Slice} per line, and answers with a {@link Reading} each. */
public final class MacroClient {
    private MacroClient() {}

    /** Is ready when a first call was answered and runs until the standard input ends: {@code arguments} are the row's name and the run's folder. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // what libraries say belongs into the log
        Site site = Site.read(Path.of(arguments[1]));
        try (Caller caller = MacroRow.titled(arguments[0]).caller(site);
                Load load = new Load(caller, site)) {
            caller.call();
            answers.println(Child.READY);
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                answers.println(load.run(Slice.of(order)).line());
            }
        }
        System.exit(0); // clients keep threads of their own
    }
}
