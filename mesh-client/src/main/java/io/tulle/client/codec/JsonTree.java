package io.tulle.client.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON (RFC 8259) into {@link Node}. Confined to one thread, for one file. */
final class JsonTree {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Problems problems;
    private final JsonParser parser;

    private JsonTree(Problems problems, JsonParser parser) {
        this.problems = problems;
        this.parser = parser;
    }

    /** Returns the one value of the file; none when the file is empty. */
    static List<Node> documents(Problems problems, String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonTree(problems, parser).documents();
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            int line = at == null ? 1 : Math.max(1, at.getLineNr());
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw problems.fatal(
                    line, column, "", "not JSON: " + JsonComplaint.of(e.getOriginalMessage()), "valid JSON");
        }
    }

    private List<Node> documents() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return List.of();
        }
        Node root = node(first, 0);
        if (parser.nextToken() != null) {
            throw fatal("more after the end of the value", "one object, or one list of objects");
        }
        return List.of(root);
    }

    private Node node(JsonToken token, int depth) {
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> list(depth + 1);
            case VALUE_STRING -> scalar(Node.Type.TEXT);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(Node.Type.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Node.Type.BOOLEAN);
            case VALUE_NULL -> scalar(Node.Type.NULL);
            default -> throw fatal("not JSON: " + token, "a value");
        };
    }

    private Node scalar(Node.Type type) {
        return new Node.Scalar(type, parser.getString(), line(), column());
    }

    private Node list(int depth) {
        refuseDepth(depth);
        int line = line();
        int column = column();
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth));
        }
        return new Node.Items(items, line, column);
    }

    private Node object(int depth) {
        refuseDepth(depth);
        int line = line();
        int column = column();
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int nameLine = line();
            int nameColumn = column();
            Node.Field first =
                    fields.putIfAbsent(name, new Node.Field(nameLine, nameColumn, node(parser.nextToken(), depth)));
            if (first != null) {
                problems.add(
                        nameLine,
                        nameColumn,
                        "",
                        "'" + name + "' a second time",
                        "each field once; the first is in line " + first.line());
            }
        }
        return new Node.Fields(fields, line, column);
    }

    private void refuseDepth(int depth) {
        if (depth > Limits.DEPTH) {
            throw fatal(
                    "nested deeper than " + Limits.DEPTH,
                    "at most " + Limits.DEPTH + " lists and objects inside each other");
        }
    }

    private InvalidFileException fatal(String value, String expected) {
        return problems.fatal(line(), column(), "", value, expected);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private int column() {
        return parser.currentTokenLocation().getColumnNr();
    }
}
