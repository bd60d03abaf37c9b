/**
 * Who this process is to others: {@link io.tulle.client.tls.TlsFiles} says where the PEM files are, {@link io.tulle.client.tls.MeshIdentity} is what they
 * say, always as of now, as TLS contexts and as key and trust managers. The rules are those of SPIFFE X509-SVID.
 */
@NullMarked
package io.tulle.client.tls;

import org.jspecify.annotations.NullMarked;
