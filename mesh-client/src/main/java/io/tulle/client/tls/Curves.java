package io.tulle.client.tls;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.util.List;

/**
 * The curves that a service's key may be of: the two whose signatures every TLS library takes in a handshake. TLS 1.3 (RFC 8446, 4.2.3) has signatures of P-521
 * besides, and BoringSSL, which gRPC brings along, does not take them.
 */
final class Curves {
    private static final List<EllipticCurve> TAKEN = List.of(curve("secp256r1"), curve("secp384r1"));

    private Curves() {}

    /**
     * Checks the key of a service's own certificate; authorities may have others.
     *
     * @throws InvalidCredentialsException if it is of another curve
     */
    static void check(PemFile file, PublicKey key) {
        if (key instanceof ECPublicKey ec && !TAKEN.contains(ec.getParams().getCurve())) {
            throw file.wrong("curve " + text(ec.getParams()), "P-256 or P-384, which every TLS library takes");
        }
    }

    private static EllipticCurve curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows " + name, e);
        }
    }

    private static String text(ECParameterSpec spec) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(spec);
            return parameters.toString();
        } catch (GeneralSecurityException e) {
            return "of " + spec.getCurve().getField().getFieldSize() + " bits"; // without a name
        }
    }
}
