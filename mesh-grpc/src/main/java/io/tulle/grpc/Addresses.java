package io.tulle.grpc;

import io.tulle.core.snapshot.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The socket address of an endpoint. Names are left to the transport, which looks them up when it connects: nothing is looked up, and nothing blocks, here. */
final class Addresses {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%]*");

    private Addresses() {}

    static InetSocketAddress of(Endpoint endpoint) {
        String host = endpoint.host();
        if (LITERAL.matcher(host).matches()) {
            try {
                return new InetSocketAddress(InetAddress.getByName(host), endpoint.port());
            } catch (UnknownHostException e) {
                return InetSocketAddress.createUnresolved(
                        host, endpoint.port()); // connecting says what is wrong with it
            }
        }
        return InetSocketAddress.createUnresolved(host, endpoint.port());
    }
}
