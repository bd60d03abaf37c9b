package io.tulle.api.call;

/** How an attempt ended on the wire when it did not end with a protocol status. A fact reported by the driver, never a judgement. */
public enum TransportError {
    /** No connection could be made: refused, unreachable, or the connect timeout passed. */
    CONNECT,
    /** The TLS handshake failed or the peer's identity was not the expected one. */
    TLS,
    /** The peer refused the request before processing it (HTTP/2 REFUSED_STREAM, GOAWAY with a lower stream id). */
    REFUSED,
    /** The connection was reset or the stream was cancelled by the peer. */
    RESET,
    /** The connection ended before a complete response. */
    EOF,
    /** The attempt was cancelled because its timeout or the call's deadline passed. */
    TIMEOUT,
    /** The attempt was cancelled by the caller, or because another attempt won. */
    CANCELLED,
    /** The bytes received are not valid protocol. */
    PROTOCOL,
    /** The response was abandoned by the application without being closed. */
    LEAKED
}
