package io.tulle.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.MeshException;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.FixedSource;
import io.tulle.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshOfAServiceTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        TestAuthority authority = TestAuthority.of("example.org");
        authority.issue("shop", "catalog").writeTo(folder);
        TestAuthority.writeAuthorities(folder, authority);
    }

    private static Mesh.Builder mesh(String service) {
        return Mesh.builder().service(service).source(new FixedSource(List.of()));
    }

    @Test
    void itsIdentityIsThatOfTheCertificate() {
        try (Mesh mesh = mesh("shop/catalog").tls(TlsFiles.in(folder)).build()) {
            assertThat(mesh.identity())
                    .asInstanceOf(InstanceOfAssertFactories.type(MeshIdentity.class))
                    .extracting(identity -> identity.id().toString())
                    .isEqualTo("spiffe://example.org/ns/shop/svc/catalog");
        }
    }

    @Test
    void withoutFilesThereIsNone() {
        try (Mesh mesh = mesh("shop/catalog").build()) {
            assertThat(mesh.identity()).isNull();
        }
    }

    @Test
    void theCertificateOfAnotherServiceIsRefused() {
        assertThatThrownBy(
                        () -> mesh("shop/storefront").tls(TlsFiles.in(folder)).build())
                .isInstanceOf(MeshException.class)
                .hasMessage("service: 'shop/storefront' (expected: 'shop/catalog', which is what the certificate "
                        + folder.resolve("tls.crt") + " says: spiffe://example.org/ns/shop/svc/catalog)");
    }
}
