package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tulle.api.call.TransportError;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportErrorsTest {
    static Stream<Arguments> beforeTheRequest() {
        return Stream.of(
                arguments(new ConnectException("refused"), false, TransportError.CONNECT),
                arguments(new UnknownHostException("host"), false, TransportError.CONNECT),
                arguments(new SocketTimeoutException("connect"), false, TransportError.CONNECT),
                arguments(new SocketTimeoutException("handshake"), true, TransportError.TLS),
                arguments(new SSLHandshakeException("bad certificate"), false, TransportError.TLS),
                arguments(new EOFException(), true, TransportError.TLS));
    }

    static Stream<Arguments> afterTheHeaders() {
        return Stream.of(
                arguments(new SocketTimeoutException("read"), TransportError.TIMEOUT),
                arguments(new SocketException("Connection reset"), TransportError.RESET),
                arguments(new IOException("stream was reset: REFUSED_STREAM"), TransportError.REFUSED),
                arguments(new IOException("stream was reset: CANCEL"), TransportError.RESET),
                arguments(new EOFException(), TransportError.EOF),
                arguments(
                        new IOException("unexpected end of stream on http://catalog/...", new EOFException()),
                        TransportError.EOF),
                arguments(new ProtocolException("unexpected end of stream"), TransportError.EOF),
                arguments(new ProtocolException("Unexpected status line: x"), TransportError.PROTOCOL),
                arguments(new SSLException("certificate_required"), TransportError.TLS),
                arguments(new IOException(), TransportError.RESET));
    }

    @ParameterizedTest
    @MethodSource("beforeTheRequest")
    void beforeTheRequestIsConnectOrTls(IOException e, boolean handshaking, TransportError expected) {
        assertThat(TransportErrors.of(e, false, handshaking)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("afterTheHeaders")
    void afterTheHeadersIsWhatTheExceptionSays(IOException e, TransportError expected) {
        assertThat(TransportErrors.of(e, true, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Received fatal alert: unknown_ca", "(unknown_ca) Received fatal alert: unknown_ca"})
    void aCertificateThatIsNotAcceptedIsKnownByItsAlert(String said) {
        SSLException plain = new SSLException(said);
        assertThat(TransportErrors.unaccepted(plain)).isTrue();
        assertThat(TransportErrors.unaccepted(new SSLException("default/catalog: refuses this process", plain)))
                .isTrue();
        assertThat(TransportErrors.unaccepted(new IOException(said))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Received fatal alert: internal_error", "unknown_ca", "Connection reset"})
    void otherEndsOfTlsSayNothingAboutCertificates(String said) {
        assertThat(TransportErrors.unaccepted(new SSLException(said))).isFalse();
    }
}
