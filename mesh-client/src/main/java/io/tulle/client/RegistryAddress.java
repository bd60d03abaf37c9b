package io.tulle.client;

import io.tulle.api.MeshException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Checks where a registry is said to listen. */
final class RegistryAddress {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private RegistryAddress() {}

    /** Returns the address with its port and without a path; throws when it is none. */
    static URI checked(URI uri) {
        boolean http = "http".equals(uri.getScheme());
        boolean plain = uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && nothing(uri.getRawPath());
        if (!plain || !http && !"https".equals(uri.getScheme())) {
            throw new MeshException("registry: '" + uri + "' (expected: an address such as http://localhost:7070)");
        }
        int port = uri.getPort() < 0 ? http ? HTTP : HTTPS : uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
    }

    private static boolean nothing(@Nullable String path) {
        return path == null || path.isEmpty() || path.equals("/");
    }
}
