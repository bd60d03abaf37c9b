package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    record Inner(@Default("7") int number) {}

    record All(
            @Default("text") String text,
            @Default("1") int number,
            @Default("2.5") double real,
            @Default("true") boolean flag,
            @Default("3s") Duration time,
            @Default("[]") List<String> list,
            @Default("{}") Map<String, String> map,
            @Default("grpc") Protocol protocol,
            @Default("{}") Inner inner,
            @Nullable String none) {}

    record Required(int number) {}

    record Unsupported(@Default("1") short number) {}

    record Picky(@Default("0") int number) {
        Picky {
            new FieldChecks("picky").range("number", number, 1, 2).done();
        }
    }

    @Test
    void everySupportedTypeIsRead() {
        assertThat(Defaults.of(All.class))
                .isEqualTo(new All(
                        "text",
                        1,
                        2.5,
                        true,
                        Duration.ofSeconds(3),
                        List.of(),
                        Map.of(),
                        Protocol.GRPC,
                        new Inner(7),
                        null));
    }

    @Test
    void aRequiredComponentHasNoDefault() {
        assertThatThrownBy(() -> Defaults.of(Required.class)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Defaults.of(Required.class.getRecordComponents()[0])).isNull();
        assertThat(Defaults.of(Inner.class.getRecordComponents()[0])).isEqualTo(7);
    }

    @Test
    void aTypeThatIsNotSupportedIsNamed() {
        assertThatThrownBy(() -> Defaults.of(Unsupported.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("short: a default of this type is not supported");
    }

    @Test
    void defaultsAreValidatedToo() {
        assertThatThrownBy(() -> Defaults.of(Picky.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Picky.class.getName() + ": its defaults are not valid")
                .hasRootCauseMessage("picky: /number: 0 (expected: 1..2)");
    }
}
