package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.NetworkAttributes;
import io.opentelemetry.semconv.RpcAttributes;
import io.opentelemetry.semconv.SchemaUrls;
import io.opentelemetry.semconv.ServerAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshSemconvTest {
    @Test
    void theNamesOfTheConventionsAreThoseOfTheirArtifact() throws IllegalAccessException {
        List<AttributeKey<?>> published = keys(
                ErrorAttributes.class,
                HttpAttributes.class,
                NetworkAttributes.class,
                RpcAttributes.class,
                ServerAttributes.class,
                UrlAttributes.class);
        List<AttributeKey<?>> ours = keys(MeshSemconv.class);
        assertThat(ours)
                .filteredOn(key -> !key.getKey().startsWith("mesh."))
                .hasSize(14)
                .isSubsetOf(published);
        assertThat(ours)
                .filteredOn(key -> key.getKey().startsWith("mesh."))
                .doesNotHaveDuplicates()
                .hasSize(14);
    }

    @Test
    void theWordsForOtherMethodsAndTheSchemaAreTheirs() {
        assertThat(MeshSemconv.SCHEMA_URL).isEqualTo(SchemaUrls.V1_45_0);
        assertThat(MeshSemconv.OTHER_METHOD).isEqualTo(HttpAttributes.HttpRequestMethodValues.OTHER);
    }

    private static List<AttributeKey<?>> keys(Class<?>... homes) throws IllegalAccessException {
        List<AttributeKey<?>> keys = new ArrayList<>();
        for (Class<?> home : homes) {
            for (Field field : home.getDeclaredFields()) {
                if (field.getType() == AttributeKey.class) {
                    keys.add((AttributeKey<?>) field.get(null));
                }
            }
        }
        return keys;
    }
}
