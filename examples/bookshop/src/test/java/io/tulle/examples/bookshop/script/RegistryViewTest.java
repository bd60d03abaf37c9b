package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryViewTest {
    private static RegistryView.Session storefront(boolean connected, long applied, String... behind) {
        return new RegistryView.Session("shop/storefront", connected, applied, List.of(behind));
    }

    @Test
    void inForceIsWhatConnectedSessionsOfTheServiceHaveConfirmed() {
        RegistryView.Clients clients = new RegistryView.Clients(
                9,
                List.of(
                        storefront(true, 9),
                        storefront(true, 8),
                        storefront(false, 9),
                        storefront(true, 9, "shop/catalog"),
                        new RegistryView.Session("shop/catalog", true, 9, List.of())));

        assertThat(clients.inForce("shop/storefront", 9)).isEqualTo(1);
        assertThat(clients.inForce("shop/storefront", 8)).isEqualTo(2);
        assertThat(clients.connected()).isEqualTo(4);
    }
}
