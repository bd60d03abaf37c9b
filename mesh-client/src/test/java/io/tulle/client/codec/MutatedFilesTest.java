package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tulle.api.resource.Resource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: resources, or an {@link InvalidFileException} with a place. */
class MutatedFilesTest {
    private static final int MUTANTS = 4_000;
    private static final String[] TOKENS = {
        "\n",
        "\t",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!str ",
        "!",
        "%",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "\\x",
        "\\U0011FFFF",
        "\\ud800",
        "? ",
        "---",
        "...",
        "#",
        ",",
        "null",
        "\0",
        "\u0085",
        "\uFEFF",
        "1e999999999",
        "9".repeat(2000),
        "<<: *a",
        "@",
        "`",
        "%YAML 1.2\n---\n",
        "%TAG ! tag:x,2000:\n---\n",
        "\uD83D"
    };

    @ParameterizedTest
    @ValueSource(strings = {"a.yaml", "a.json"})
    void neverThrowAnythingElse(String file) {
        int refused = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            byte[] mutant = mutant(file, seed);
            try {
                ResourceReader.read(file, mutant);
            } catch (InvalidFileException e) {
                assertThat(e.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.toString())
                                .startsWith(file)
                                .doesNotContain("\n", "Feature", "[Source"));
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ":\n" + new String(mutant, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(refused).as("mutations that matter").isGreaterThan(MUTANTS / 2);
    }

    private static byte[] mutant(String file, long seed) {
        SampleResources samples = new SampleResources(seed);
        List<Resource> resources = List.of(samples.resource(), samples.resource());
        String text = file.endsWith(".json") ? ResourceWriter.json(resources) : ResourceWriter.yaml(resources);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(~seed);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes = mutate(bytes, random);
        }
        return bytes;
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> out.writeBytes(TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8));
            case 1 -> out.write(random.nextInt(256));
            case 2 -> out.write(bytes, from, to - from); // twice
            default -> from = to; // not at all
        }
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}
