package io.tulle.registry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Logs to standard error: one JSON object per line, in which control characters of what others sent are escaped, or plain text. A {@code logback.xml} on the
 * class path takes precedence. Found by logback through its service file; costs less at the start than a file would.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** System property that says {@code json} (default) or {@code text}. */
    public static final String FORMAT = "tulle.registry.log";

    /** One line for a record, and indented ones for its exception, so that nothing that others have sent looks like a record. */
    private static final String TEXT =
            "%d{HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg %kvp){'[\\p{Cntrl}]', ' '}%n"
                    + "%replace(%replace(%ex){'[\\p{Cntrl}&&[^\n\t]]', ' '}){'(?m)^(?=.)', '    '}";

    /** Creates the set-up; logback does. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ClassLoader loader = LogSetup.class.getClassLoader();
        if (loader.getResource("logback.xml") != null || loader.getResource("logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, System.getProperty(FORMAT, "json")));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        context.getLogger("org.eclipse.jetty.server.Response").setLevel(Level.ERROR); // Problems logs it
        context.getLogger("io.javalin").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, String format) {
        if (format.equals("text")) {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setContext(context);
            text.setPattern(TEXT);
            text.start();
            return text;
        }
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithContext(false);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }
}
