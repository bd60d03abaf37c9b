package io.tulle.cli.admin;

import io.tulle.cli.registry.Json;
import io.tulle.cli.text.Printable;
import java.io.PrintWriter;

/** Whom a dry run says that a change concerns. */
final class Affected {
    private Affected() {}

    static void print(Json answer, PrintWriter out) {
        Json affected = answer.at("affected");
        if (affected.exists()) {
            out.println(Printable.line("services whose configuration changes: " + names(affected.at("services"))));
            out.println(Printable.line("callers that follow them: " + names(affected.at("callers"))));
        }
    }

    private static String names(Json list) {
        return list.items().isEmpty() ? "none" : String.join(", ", list.texts());
    }
}
