package io.tulle.examples.bookshop;

import io.tulle.api.MeshException;
import io.tulle.examples.bookshop.process.Family;
import io.tulle.examples.bookshop.report.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code ./mesh demo}: the command line and its exit codes. */
public final class Demo {
    private static final int NOT_PLAYED = 2;

    private Demo() {}

    /** Runs the demo and ends the process. */
    public static void main(String... args) {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) {
        try {
            DemoOptions options = DemoOptions.parse(args);
            if (options.help()) {
                System.out.println(DemoOptions.USAGE);
                return 0;
            }
            return run(options);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return refuse(e);
        }
    }

    private static int run(DemoOptions options) {
        Workspace workspace = Workspace.open(options.json());
        Family family = new Family(workspace.root());
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            ending.set(true);
                            family.close();
                            workspace.close();
                        },
                        "end"));
        try {
            return new Show(options, Terminal.standard(), family, workspace).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_PLAYED;
        } catch (IOException | UncheckedIOException | IllegalStateException | MeshException e) {
            return ending.get() ? NOT_PLAYED : refuse(e); // after Ctrl-C broken connections are no news
        }
    }

    private static int refuse(Exception e) {
        System.err.println("demo: " + e.getMessage());
        return NOT_PLAYED;
    }
}
