package io.tulle.client.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 with the core schema (chapter 10.3) into {@link Node} from the parser's events, so that nothing is constructed but our own tree. Tags,
 * keys that are not plain text and aliases beyond {@link Limits} are refused. Confined to one thread, for one file.
 */
final class YamlTree {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
            + "|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

    private final Problems problems;
    private final Iterator<Event> events;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private int aliases;
    private long aliasedNodes;

    private YamlTree(Problems problems, String text) {
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(Limits.BYTES)
                .build();
        events = new Parse(settings).parseString(text).iterator();
    }

    /** Returns the root of each document that is not empty. */
    static List<Node> documents(Problems problems, String text) {
        try {
            return new YamlTree(problems, text).documents();
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            String what = Optional.ofNullable(e.getProblem()).orElse(e.getContext());
            throw problems.fatal(line(mark), column(mark), "", "not YAML: " + what, "valid YAML 1.2");
        } catch (YamlEngineException e) {
            throw problems.fatal(1, 1, "", "not YAML: " + e.getMessage(), "valid YAML 1.2");
        }
    }

    private List<Node> documents() {
        List<Node> roots = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent start) {
                Node root = node(start, 0);
                if (!(root instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL)) {
                    roots.add(root);
                }
                anchors.clear();
            }
        }
        return roots;
    }

    private Node node(NodeEvent start, int depth) {
        if (start instanceof AliasEvent alias) {
            return aliased(alias);
        }
        Node node = start instanceof ScalarEvent scalar
                ? scalar(scalar)
                : collection((CollectionStartEvent) start, depth + 1);
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private Node aliased(AliasEvent alias) {
        Node node = anchors.get(alias.getAlias());
        if (node == null) {
            throw fatal(
                    alias,
                    "*" + alias.getAlias().getValue(),
                    "the name of an anchor that is complete further up in the document");
        }
        aliasedNodes += node.size();
        if (++aliases > Limits.ALIASES) {
            throw fatal(
                    alias,
                    "more than " + Limits.ALIASES + " aliases",
                    "at most " + Limits.ALIASES + " uses of aliases in a file");
        }
        if (aliasedNodes > Limits.ALIASED_NODES) {
            throw fatal(
                    alias,
                    "aliases that stand for " + aliasedNodes + " values or more",
                    "at most " + Limits.ALIASED_NODES);
        }
        return node;
    }

    private Node scalar(ScalarEvent event) {
        refuseTag(event, event.getTag());
        String text = event.getValue();
        Node.Type type = Node.Type.TEXT;
        if (event.isPlain()) {
            if (NULL.matcher(text).matches()) {
                type = Node.Type.NULL;
            } else if (BOOLEAN.matcher(text).matches()) {
                type = Node.Type.BOOLEAN;
            } else if (NUMBER.matcher(text).matches()) {
                type = Node.Type.NUMBER;
            }
        }
        return new Node.Scalar(type, text, line(event), column(event));
    }

    private Node collection(CollectionStartEvent start, int depth) {
        refuseTag(start, start.getTag());
        if (depth > Limits.DEPTH) {
            throw fatal(
                    start,
                    "nested deeper than " + Limits.DEPTH,
                    "at most " + Limits.DEPTH + " lists and objects inside each other");
        }
        return start instanceof MappingStartEvent ? object(start, depth) : list(start, depth);
    }

    private Node list(CollectionStartEvent start, int depth) {
        List<Node> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item, depth));
        }
        return new Node.Items(items, line(start), column(start));
    }

    private Node object(CollectionStartEvent start, int depth) {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (events.next() instanceof NodeEvent key) {
            String name = key(key, depth);
            Node value = node((NodeEvent) events.next(), depth);
            Node.Field first = fields.putIfAbsent(name, new Node.Field(line(key), column(key), value));
            if (first != null) {
                problems.add(
                        line(key),
                        column(key),
                        "",
                        "'" + name + "' a second time",
                        "each field once; the first is in line " + first.line());
            }
        }
        return new Node.Fields(fields, line(start), column(start));
    }

    private String key(NodeEvent event, int depth) {
        Node key = node(event, depth);
        if (key instanceof Node.Scalar scalar && scalar.type() == Node.Type.TEXT) {
            return scalar.text();
        }
        throw fatal(
                event,
                key.describe() + " as the name of a field",
                "a text; put numbers, true, false and null in quotes");
    }

    private void refuseTag(Event event, Optional<String> tag) {
        tag.ifPresent(name -> problems.add(line(event), column(event), "", "the tag " + name, "a value without a tag"));
    }

    private InvalidFileException fatal(Event at, String value, String expected) {
        return problems.fatal(line(at), column(at), "", value, expected);
    }

    private static int line(Event event) {
        return line(event.getStartMark().orElse(null));
    }

    private static int column(Event event) {
        return column(event.getStartMark().orElse(null));
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static int column(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getColumn() + 1;
    }
}
