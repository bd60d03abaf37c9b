package io.tulle.grpc;

import io.tulle.core.snapshot.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The socket addresses of endpoints. grpc-java's transports connect to IP addresses only, so names are looked up here. */
final class Addresses {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[0-9A-Za-z]+)?");

    private Addresses() {}

    /** Returns whether {@link #of} must look the endpoint's host up, which may take a while. */
    static boolean named(Endpoint endpoint) {
        return !LITERAL.matcher(endpoint.host()).matches();
    }

    /** Returns the endpoint's address; one that is not resolved when its name is not known, and connecting then says so. */
    static InetSocketAddress of(Endpoint endpoint) {
        try {
            return new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port());
        } catch (UnknownHostException e) {
            return InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
        }
    }
}
