package io.tulle.registry.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts are this machine itself. Without TLS and authentication, that is who may ask. */
public final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[?(::1|(0{1,4}:){7}0{0,3}1)]?");
    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

    private Loopback() {}

    /** Returns whether a server that listens on {@code host} can be reached from this machine only. */
    public static boolean binds(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return !host.isBlank();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Returns whether a {@code Host} header, with or without a port, names this machine. The name is not resolved: a page of a foreign site whose name is
     * made to point here (DNS rebinding) says its own name.
     */
    static boolean names(String hostAndPort) {
        String host = PORT.matcher(hostAndPort).replaceFirst("").toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || IPV4.matcher(host).matches()
                || IPV6.matcher(host).matches();
    }

    /** Returns whether an {@code Origin} header names a page of this machine. */
    static boolean isOrigin(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && names(authority);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
