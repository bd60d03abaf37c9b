package io.tulle.benchmarks.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes {@code {"machine": ..., "rows": [...]}}, one row a line. Row names and fields stay stable between versions; fields may be added. */
public final class JsonReport {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReport() {}

    /**
     * Writes the report.
     *
     * @param rows per row its fields: texts and numbers; a number that is not finite is written as null
     */
    public static void write(Path file, Machine machine, List<Map<String, Object>> rows) throws IOException {
        Files.writeString(file, text(machine, rows), StandardCharsets.UTF_8);
    }

    /** Returns what {@link #write} writes. */
    static String text(Machine machine, List<Map<String, Object>> rows) {
        StringBuilder text = new StringBuilder("{\"machine\": ")
                .append(object(machine(machine)))
                .append(",\n \"rows\": [");
        String separator = "\n  ";
        for (Map<String, Object> row : rows) {
            text.append(separator).append(object(row));
            separator = ",\n  ";
        }
        return text.append("\n]}\n").toString();
    }

    private static Map<String, Object> machine(Machine machine) {
        return Map.of("cores", machine.cores(), "cpu", machine.cpu(), "os", machine.os(), "jdk", machine.jdk());
    }

    private static String object(Map<String, Object> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            fields.forEach((name, value) -> {
                generator.writeName(name);
                write(generator, value);
            });
            generator.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object value) {
        if (value instanceof Integer number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            generator.writeNumber(Math.round(number * 1e4) / 1e4);
        } else if (value instanceof Double) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else {
            throw new IllegalArgumentException("value: " + value + " (expected: a text, an int or a double)");
        }
    }
}
