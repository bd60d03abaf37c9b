package planted.api;

import org.slf4j.Logger;

/** Breaks: the API uses the JDK only. */
public interface UsesSlf4j {
    /** A library's type in the API. */
    Logger logger();
}
