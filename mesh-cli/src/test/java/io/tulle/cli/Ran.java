package io.tulle.cli;

import io.tulle.cli.admin.Console;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** What a run of the command left behind. */
record Ran(int code, String out, String err) {
    static Ran of(Object... args) {
        return with(Map.of(), "", args);
    }

    /** Runs with an environment and a standard input. */
    static Ran with(Map<String, String> environment, String in, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
        Console console = new Console(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), environment::get);
        int code = MeshCommand.run(console, new PrintWriter(out), new PrintWriter(err), words);
        return new Ran(code, out.toString(), err.toString());
    }
}
