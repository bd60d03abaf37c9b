package planted.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/** Breaks: nobody reads serialized objects. */
public final class ReadsObjects {
    private ReadsObjects() {}

    /** Reads one. */
    public static Object read(InputStream in) throws IOException, ClassNotFoundException {
        return new ObjectInputStream(in).readObject();
    }
}
