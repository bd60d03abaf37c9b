package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.KindName;
import io.tulle.cli.text.Printable;
import io.tulle.cli.text.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints a line per resource: a table per kind, or names only. */
final class ResourceLines {
    private final OutputFormat format;
    private final boolean namespaces;

    /** Creates the printer; {@code namespaces} adds their column. */
    ResourceLines(OutputFormat format, boolean namespaces) {
        this.format = format;
        this.namespaces = namespaces;
    }

    void print(Map<Kind, List<Json>> found, PrintWriter out) {
        boolean several =
                found.values().stream().filter(list -> !list.isEmpty()).count() > 1;
        boolean first = true;
        for (Map.Entry<Kind, List<Json>> entry : found.entrySet()) {
            if (entry.getValue().isEmpty()) {
                continue;
            } else if (format == OutputFormat.name) {
                entry.getValue().forEach(resource -> out.println(Printable.line(name(entry.getKey(), resource, true))));
            } else {
                if (!first) {
                    out.println();
                }
                table(entry.getKey(), entry.getValue(), several).print(out);
            }
            first = false;
        }
    }

    private Table table(Kind kind, List<Json> resources, boolean prefix) {
        List<Columns.Column> columns = Columns.of(kind, format == OutputFormat.wide);
        Table table = new Table();
        List<String> head = new ArrayList<>(namespaces ? List.of("NAMESPACE", "NAME") : List.of("NAME"));
        columns.forEach(column -> head.add(column.title()));
        table.row(head);
        for (Json resource : resources) {
            List<String> row = new ArrayList<>();
            if (namespaces) {
                row.add(resource.at("metadata", "namespace").text());
            }
            row.add(name(kind, resource, prefix));
            columns.forEach(column -> row.add(column.cell().apply(resource)));
            table.row(row);
        }
        return table;
    }

    private static String name(Kind kind, Json resource, boolean prefix) {
        String name = resource.at("metadata", "name").text();
        return prefix ? KindName.singular(kind) + "/" + name : name;
    }
}
