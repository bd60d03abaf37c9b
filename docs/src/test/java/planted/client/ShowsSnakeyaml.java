package planted.client;

import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Breaks: codec libraries stay inside. */
public class ShowsSnakeyaml extends YamlEngineException {
    /** Wraps. */
    public ShowsSnakeyaml(String message) {
        super(message);
    }
}
