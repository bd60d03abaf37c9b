package io.tulle.client.codec;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Puts texts in quotes that are booleans to tools that read YAML 1.1. */
final class CarefulRepresenter extends StandardRepresenter {
    private static final Pattern BOOLEAN = Pattern.compile("(?i)y|n|yes|no|on|off");

    CarefulRepresenter(DumpSettings settings) {
        super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
        boolean quoted = tag.equals(Tag.STR) && BOOLEAN.matcher(value).matches();
        return super.representScalar(tag, value, quoted ? ScalarStyle.SINGLE_QUOTED : style);
    }
}
