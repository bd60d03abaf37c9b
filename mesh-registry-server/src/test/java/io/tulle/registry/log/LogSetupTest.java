package io.tulle.registry.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogSetupTest {
    private static final String NASTY = "a\"b\\c\nforged line\r\u001b[31mred\u0000";

    private final LoggerContext context = new LoggerContext();

    @Test
    void writesOneJsonObjectInOneLine() {
        String line = encode("json");

        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContainPattern("\\p{Cntrl}");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.get("formattedMessage").stringValue()).isEqualTo("asked for " + NASTY);
        assertThat(json.get("level").stringValue()).isEqualTo("WARN");
        assertThat(json.get("kvpList").get(0).get("path").stringValue()).isEqualTo(NASTY);
        assertThat(json.get("throwable").get("message").stringValue()).isEqualTo(NASTY);
    }

    @Test
    void writesTextThatCannotForgeRecords() {
        assertThat(encode("text").lines().filter(line -> !line.startsWith("    ")))
                .singleElement()
                .asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Logger: asked for a.*");
        assertThat(encode("text")).doesNotContain("\u001b", "\r", "\u0000").contains("IllegalStateException");
    }

    @Test
    void isFoundByLogback() {
        LoggerContext running = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();

        assertThat(running.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"))
                .isNotNull();
        assertThat(running.getLogger("org.eclipse.jetty.http").getEffectiveLevel())
                .isEqualTo(Level.WARN);
    }

    private String encode(String format) {
        Encoder<ILoggingEvent> encoder = LogSetup.encoder(context, format);
        LoggingEvent event = new LoggingEvent(
                "fqcn",
                context.getLogger("some.Logger"),
                Level.WARN,
                "asked for {}",
                new IllegalStateException(NASTY),
                new Object[] {NASTY});
        event.setMDCPropertyMap(Map.of());
        event.setKeyValuePairs(List.of(new KeyValuePair("path", NASTY)));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
