package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.KindName;
import java.util.Arrays;
import java.util.Iterator;

/** What may stand for a kind, for the completion of shells. */
final class KindNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> KindName.all(kind).stream())
                .iterator();
    }
}
