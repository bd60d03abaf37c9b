package io.tulle.api.resource;

/** How callers of an instance's port connect. */
public enum TlsMode {
    /** In plain text. */
    DISABLED,
    /** By TLS, both sides with a certificate that says which service they are. */
    MUTUAL
}
