package io.tulle.examples.bookshop.report;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where output goes and what may be sent there. Immutable.
 *
 * @param out the stream
 * @param redraws whether it is a screen on which lines can be drawn anew
 * @param colours whether colours are wanted; never without {@code redraws}
 * @param unicode whether it can show more than ASCII
 */
public record Terminal(PrintStream out, boolean redraws, boolean colours, boolean unicode) {
    private static final Path LINUX_STDOUT = Path.of("/proc/self/fd/1");

    /** Returns standard output, as the environment describes it: {@code NO_COLOR} and {@code TERM} are respected. */
    public static Terminal standard() {
        Map<String, String> environment = System.getenv();
        Charset charset = charset();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset);
        boolean screen = isScreen() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colours = screen && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, screen, colours, charset.newEncoder().canEncode('▁'));
    }

    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** A console exists on newer JDKs even when output is redirected, so Linux is asked where file descriptor 1 leads. */
    private static boolean isScreen() {
        if (Files.exists(LINUX_STDOUT)) {
            try {
                String target = Files.readSymbolicLink(LINUX_STDOUT).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false; // what cannot be told is taken for a pipe
            }
        }
        return isScreen(System.console());
    }

    private static boolean isScreen(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console is a terminal
        }
    }
}
