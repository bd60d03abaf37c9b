package io.tulle.http;

import io.tulle.api.call.TransportError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Which fact an exception of OkHttp stands for. OkHttp has no public types for HTTP/2 stream errors, and its internal packages are closed to modules: those
 * are known by their messages, which a test holds against the version in use.
 */
final class TransportErrors {
    /** As the JDK tells the alert of a peer, newer ones after its name. */
    static final String RECEIVED = "Received fatal alert: ";

    private static final String REFUSED = "stream was reset: REFUSED_STREAM";
    private static final String RESET = "stream was reset";
    private static final String SHUT_DOWN =
            "ConnectionShutdownException"; // GOAWAY was received: the request was not sent
    private static final String END = "unexpected end of stream";
    private static final String UNTAKEN = "executor rejected";
    private static final String ALERT = "1503"; // RFC 8446: content type 21, version 3.x
    private static final Set<String> OF_CERTIFICATES = Set.of(
            "certificate_unknown",
            "unknown_ca",
            "bad_certificate",
            "certificate_expired",
            "certificate_revoked",
            "unsupported_certificate",
            "certificate_required",
            "access_denied");

    private TransportErrors() {}

    /**
     * Returns the fact.
     *
     * @param headersSent whether the request has started to leave
     * @param handshaking whether a TLS handshake has started and not ended
     */
    static TransportError of(IOException e, boolean headersSent, boolean handshaking) {
        if (refused(e)) {
            return TransportError.REFUSED;
        }
        if (!headersSent) {
            return handshaking || e instanceof SSLException ? TransportError.TLS : TransportError.CONNECT;
        }
        if (e instanceof SocketTimeoutException) {
            return TransportError.TIMEOUT;
        }
        if (endOfStream(e)) {
            return TransportError.EOF;
        }
        if (e instanceof SSLException) {
            return TransportError
                    .TLS; // TLS 1.3 tells a client that its certificate is refused only after the handshake
        }
        return e instanceof ProtocolException ? TransportError.PROTOCOL : TransportError.RESET;
    }

    /** Returns whether {@code error}, of a request that had begun to leave, is the end of its connection. */
    static boolean lost(TransportError error) {
        return switch (error) {
            case EOF, RESET, TLS -> true;
            default -> false;
        };
    }

    /**
     * Returns whether the peer has not accepted our certificate (RFC 8446, 6.2). TLS 1.3 tells a client so only after its part of the handshake, when requests
     * may have left: a peer that has accepted nobody has not read them.
     */
    static boolean unaccepted(IOException e) {
        Throwable said = e.getCause() instanceof SSLException wrapped ? wrapped : e;
        String message = said instanceof SSLException ? said.getMessage() : null;
        int at = message == null ? -1 : message.indexOf(RECEIVED);
        return message != null && at >= 0 && OF_CERTIFICATES.contains(message.substring(at + RECEIVED.length()));
    }

    /** Returns whether an executor did not take the attempt, which nobody then has carried: that speaks against no endpoint. */
    static boolean untaken(IOException e) {
        return e instanceof InterruptedIOException && UNTAKEN.equals(e.getMessage());
    }

    /** Returns what says why: OkHttp's own text for a failed connect names the port of the URL, which is not the endpoint's. */
    static IOException cause(IOException e) {
        if (answeredInTls(e)) {
            return new SSLException(
                    "the endpoint answers in TLS, and was called in plain text (expected: its instance says tls: mutual)",
                    e);
        }
        if (untaken(e)) {
            return new IOException(
                    "the executor of the client's dispatcher takes no task (expected: a queue, or more threads than maxRequests)",
                    e);
        }
        return e instanceof ConnectException && e.getCause() instanceof IOException why ? why : e;
    }

    /** OkHttp shows what it has read instead of a status line: here the first bytes of a TLS alert, as they are or in hexadecimal. */
    private static boolean answeredInTls(IOException e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        String message = why.getMessage();
        return message != null && (message.contains("content=" + ALERT) || message.contains(": \u0015\u0003"));
    }

    private static boolean refused(IOException e) {
        return starts(e.getMessage(), REFUSED) || e.getClass().getSimpleName().equals(SHUT_DOWN);
    }

    private static boolean endOfStream(IOException e) {
        if (starts(e.getMessage(), RESET)) {
            return false;
        }
        return e instanceof EOFException || e.getCause() instanceof EOFException || starts(e.getMessage(), END);
    }

    private static boolean starts(@Nullable String message, String with) {
        return message != null && message.startsWith(with);
    }
}
