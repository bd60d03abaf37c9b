package io.tulle.cli.admin;

import io.tulle.api.MeshException;
import io.tulle.cli.registry.RefusedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where in the files something stands that the registry refuses. */
final class Places {
    private static final Pattern ITEM = Pattern.compile("/(\\d{1,4})((?:/.*)?)", Pattern.DOTALL);

    private Places() {}

    /** Returns the problem with its fields as {@code file:line:column: pointer: detail}. */
    static MeshException located(RefusedException refused, List<InputFiles.Input> batch) {
        return new MeshException(refused.message(field -> line(field, batch)), refused);
    }

    private static String line(RefusedException.Field field, List<InputFiles.Input> batch) {
        Matcher item = ITEM.matcher(field.pointer());
        if (!item.matches() || Integer.parseInt(item.group(1)) >= batch.size()) {
            return field.toString();
        }
        InputFiles.Input input = batch.get(Integer.parseInt(item.group(1)));
        String pointer = item.group(2);
        return input.located().place(pointer) + ": " + new RefusedException.Field(pointer, field.detail());
    }
}
