package io.tulle.client.codec;

import io.tulle.api.resource.Resource;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes resources as {@link ResourceReader} reads them, with every default filled in. Stateless and thread-safe. */
public final class ResourceWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private ResourceWriter() {}

    /** Returns one YAML document per resource; each begins with {@code ---}. */
    public static String yaml(List<? extends Resource> resources) {
        return documents(resources.stream()
                .map(resource -> PlainTree.of((Record) resource))
                .iterator());
    }

    static String documents(Iterator<?> documents) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setSchema(new CoreSchema())
                .setDereferenceAliases(true)
                .setSplitLines(false)
                .build();
        return new Dump(settings, new CarefulRepresenter(settings)).dumpAllToString(documents);
    }

    /** Returns an indented JSON array of the resources. */
    public static String json(List<? extends Resource> resources) {
        return indented(resources.stream()
                .map(resource -> PlainTree.of((Record) resource))
                .toList());
    }

    static String indented(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(new Indented(), text)) {
            write(generator, value);
        }
        return text.append('\n').toString();
    }

    static void write(JsonGenerator generator, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            object.forEach((name, item) -> {
                generator.writeName((String) name);
                write(generator, item);
            });
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            list.forEach(item -> write(generator, item));
            generator.writeEndArray();
        } else if (value instanceof Integer number) {
            generator.writeNumber(number);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else {
            generator.writeString((String) value);
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
