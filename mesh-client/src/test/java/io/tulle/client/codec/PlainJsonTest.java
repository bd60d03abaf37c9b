package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainJsonTest {
    private static final String TEXT =
            "{\"b\":[1,-2.5,true,null,\"x\\u001b\"],\"a\":{\"big\":12345678901234567890,\"huge\":\"1e999\"}}";

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

    @Test
    void readsAllOfJsonInItsOrder() {
        assertThat(PlainJson.read("x", TEXT))
                .isEqualTo(Map.of(
                        "b",
                        Arrays.asList(1L, -2.5, true, null, "x\u001b"),
                        "a",
                        Map.of("big", 1.2345678901234567E19, "huge", "1e999")));
        assertThat((Map<?, ?>) PlainJson.read("x", TEXT)).asString().startsWith("{b=");
        assertThat(PlainJson.read("x", "1e999")).isEqualTo("1e999");
    }

    @Test
    void writesWhatItReads() {
        for (String json : List.of("null", "[]", "{}", "\"\"", "[[1],{\"a\":{\"b\":[0.5]}}]", "{\"b\":1,\"a\":null}")) {
            assertThat(PlainJson.write(PlainJson.read("x", json))).isEqualTo(json);
            assertThat(PlainJson.read("x", PlainJson.indented(PlainJson.read("x", json))))
                    .isEqualTo(PlainJson.read("x", json));
        }
    }

    @Test
    void yamlOfAResourceIsThatResource() {
        for (long seed = 0; seed < 100; seed++) {
            for (Resource resource : new SampleResources(seed).resources()) {
                Object read = PlainJson.read("x", PlainJson.write(PlainJson.of((Record) resource)));
                byte[] yaml = PlainJson.yaml(Arrays.asList(read)).getBytes(StandardCharsets.UTF_8);
                assertThat(ResourceReader.read("x.yaml", yaml).get(0).resource())
                        .isEqualTo(resource);
            }
        }
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String text : List.of("", "{", "[1,]", "{\"a\":1,\"a\":2}", "1 2", "<html>", "[".repeat(60))) {
            assertThatThrownBy(() -> PlainJson.read("answer", text))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageStartingWith("answer");
        }
    }
}
