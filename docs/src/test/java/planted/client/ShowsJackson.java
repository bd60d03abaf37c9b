package planted.client;

import java.util.List;
import tools.jackson.core.JsonParser;

/** Breaks: codec libraries stay inside. */
public interface ShowsJackson {
    /** Hides the type in a type argument, which is the easy way to overlook it. */
    List<JsonParser> parsers();
}
