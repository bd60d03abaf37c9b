package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.KindName;
import io.tulle.cli.registry.ResourceId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What people name on a command line: {@code KIND[,KIND...]}, {@code KIND NAME...} or {@code KIND/NAME...}.
 *
 * @param kinds the kinds, each once
 * @param ids the resources; empty when only kinds were named
 */
record Selection(List<Kind> kinds, List<ResourceId> ids) {
    /** Reads the words, of which there is at least one. */
    static Selection of(List<String> words, Target target) {
        List<ResourceId> ids;
        if (words.stream().anyMatch(word -> word.indexOf('/') >= 0)) {
            ids = words.stream().map(word -> id(word, target)).toList();
        } else {
            List<Kind> kinds = kinds(words.get(0), target);
            if (words.size() == 1) {
                return new Selection(kinds, List.of());
            } else if (kinds.size() > 1) {
                throw target.usage("'" + words.get(0) + "' (expected: one kind before names, or KIND/NAME)");
            }
            ids = words.stream()
                    .skip(1)
                    .map(name -> id(kinds.get(0), name, target))
                    .toList();
        }
        return new Selection(ids.stream().map(ResourceId::kind).distinct().toList(), ids);
    }

    /** As {@link #of}, for commands that need names. */
    static List<ResourceId> resources(List<String> words, Target target) {
        List<ResourceId> ids = of(words, target).ids();
        if (ids.isEmpty()) {
            throw target.usage("'" + words.get(0) + "' (expected: KIND NAME or KIND/NAME)");
        }
        return ids;
    }

    /** As {@link #resources}, for commands that take one resource. */
    static ResourceId resource(List<String> words, Target target) {
        List<ResourceId> ids = resources(words, target);
        if (ids.size() > 1) {
            throw target.usage("'" + words.get(words.size() - 1) + "' (expected: one resource only)");
        }
        return ids.get(0);
    }

    private static ResourceId id(String word, Target target) {
        int slash = word.indexOf('/');
        if (slash < 0) {
            throw target.usage("'" + word + "' (expected: KIND/NAME, as the others)");
        }
        return id(kind(word.substring(0, slash), target), word.substring(slash + 1), target);
    }

    private static ResourceId id(Kind kind, String name, Target target) {
        return new ResourceId(kind, target.namespace(), target.name(KindName.singular(kind), name));
    }

    private static List<Kind> kinds(String words, Target target) {
        Stream<Kind> kinds = words.equals("all")
                ? Arrays.stream(Kind.values())
                : Arrays.stream(words.split(",", -1)).map(word -> kind(word, target));
        return kinds.distinct().toList();
    }

    private static Kind kind(String word, Target target) {
        try {
            return KindName.parse(word);
        } catch (IllegalArgumentException e) {
            throw target.usage(String.valueOf(e.getMessage()));
        }
    }
}
