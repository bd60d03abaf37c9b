package io.tulle.api.listener;

import java.util.Map;

/** An endpoint as listeners see it. Its identity is instance uid and port, never its address. */
public interface EndpointInfo {
    /** Returns {@code <uid>:<port>}. */
    String id();

    /** Returns the name of the instance, which unlike the identity survives its restart. */
    String instanceName();

    /** Returns {@code <namespace>/<service>}. */
    String service();

    /** Returns the host name or address to connect to. */
    String host();

    /** Returns the port to connect to, 1 to 65535. */
    int port();

    /** Returns the instance's labels. */
    Map<String, String> labels();
}
