package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final int SEEDS = 600;

    @Test
    void yamlReadsBackAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Resource> resources = new SampleResources(seed).resources();
            if (!resources.isEmpty()) {
                assertReads("a.yaml", ResourceWriter.yaml(resources), resources, seed);
            }
        }
    }

    @Test
    void jsonReadsBackAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Resource> resources = new SampleResources(seed).resources();
            assertReads("a.json", ResourceWriter.json(resources), resources, seed);
        }
    }

    @Test
    void jsonIsYamlToo() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Resource> resources = new SampleResources(seed).resources();
            assertReads("a.yaml", ResourceWriter.json(resources), resources, seed);
        }
    }

    private static void assertReads(String file, String text, List<Resource> expected, long seed) {
        List<Resource> read = ResourceReader.read(file, text.getBytes(StandardCharsets.UTF_8)).stream()
                .map(LocatedResource::resource)
                .toList();
        assertThat(read).as(() -> "seed " + seed + "\n" + text).isEqualTo(expected);
    }
}
