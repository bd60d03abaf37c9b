package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server wants to know of a body beside the resources. */
class RequestBodyTest {
    private static final String SERVICE = "kind: Service\nmetadata:\n  name: catalog\n  labels: {a/b: c}\n";

    @Test
    void aFieldIsThereOrDefaulted() {
        LocatedResource read = read(SERVICE);

        assertThat(read.resource().metadata().namespace()).isEqualTo("default");
        assertThat(read.says("/metadata/namespace")).isFalse();
        assertThat(read.says("/metadata/name")).isTrue();
        assertThat(read.says("/metadata/labels/a~1b")).isTrue();
        assertThat(read.says("/metadata/name/more")).isFalse();
    }

    @Test
    void statusIsNotTheWriters() {
        assertThat(read(SERVICE + "status: {owner: session, anything: [1]}\n").resource())
                .isEqualTo(read(SERVICE).resource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: [", " ", "a: *b", "kind: a\u0001"})
    void whatCannotBeReadToItsEndIsMalformed(String yaml) {
        assertThat(refusal(yaml).malformed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: Servise", "[1]", "kind: Service\nmetadata: {name: a, name: b}"})
    void whatCanBeReadAndIsWrongIsNotMalformed(String yaml) {
        assertThat(refusal(yaml).malformed()).isFalse();
    }

    private static InvalidFileException refusal(String yaml) {
        return catchThrowableOfType(InvalidFileException.class, () -> read(yaml));
    }

    private static LocatedResource read(String yaml) {
        return ResourceReader.read("body.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .get(0);
    }
}
