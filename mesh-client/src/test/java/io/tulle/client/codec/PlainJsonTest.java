package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainJsonTest {
    @Test
    void aResourceMayGetMoreFields() {
        Map<String, Object> tree =
                new LinkedHashMap<>(PlainJson.of(Service.of("shop", "catalog", Service.Spec.DEFAULT)));
        tree.put("dryRun", true);
        tree.put("affected", Map.of("services", List.of("shop/catalog")));

        assertThat(PlainJson.write(tree))
                .isEqualTo(
                        "{\"kind\":\"Service\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"catalog\",\"labels\":{},"
                                + "\"resourceVersion\":\"\"},\"spec\":{\"protocol\":\"http\",\"subsets\":[]},\"dryRun\":true,"
                                + "\"affected\":{\"services\":[\"shop/catalog\"]}}");
    }
}
