package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.process.Replica;
import io.tulle.examples.bookshop.service.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private final List<String> done = new ArrayList<>();
    private final RegistryScene registry = new RegistryScene() {
        @Override
        public void kill() {
            done.add("registry:kill");
        }

        @Override
        public void restart() {
            done.add("registry:restart");
        }

        @Override
        public void replace() {
            done.add("registry:replace");
        }

        @Override
        public void furnish(int v1, int v2) {
            done.add("registry:" + v1 + "/" + v2);
        }

        @Override
        public void openStorefront() {
            done.add("storefront:open");
        }

        @Override
        public String pages() {
            return "pages";
        }

        @Override
        public String members() {
            return "members";
        }

        @Override
        public String homecoming() {
            return "homecoming";
        }
    };
    private final Scene scene = new Scene() {
        @Override
        public void weights(int v1, int v2) {
            done.add(v1 + "/" + v2);
        }

        @Override
        public void kill(String instance) {
            done.add("kill " + instance);
        }

        @Override
        public void restart(String instance) {
            done.add("restart " + instance);
        }

        @Override
        public void fault(String instance, Fault fault) {
            done.add(fault.text() + " " + instance);
        }

        @Override
        public void drainAndStop(String instance) {
            done.add("drain " + instance);
        }

        @Override
        public void rotate() {
            done.add("certificates:rotate");
        }

        @Override
        public String rotated() {
            return "rotated";
        }

        @Override
        public RegistryScene registry() {
            return registry;
        }
    };

    @Test
    void playsEveryTroubleAndHealsWhatItBreaks() throws InterruptedException {
        for (Step step : Script.steps()) {
            step.begin().on(scene);
            step.end().on(scene);
        }

        assertThat(done)
                .containsExactly(
                        "90/10",
                        "50/50",
                        "0/100",
                        "50/50",
                        "kill catalog-v2-2",
                        "restart catalog-v2-2",
                        "fail catalog-v1-1",
                        "none catalog-v1-1",
                        "slow10x reviews-1",
                        "none reviews-1",
                        "swallow catalog-v2-1",
                        "none catalog-v2-1",
                        "fail ratings-1",
                        "none ratings-1",
                        "slow10x ratings-2",
                        "none ratings-2",
                        "swallow ratings-1",
                        "none ratings-1",
                        "kill ratings-2",
                        "restart ratings-2",
                        "certificates:rotate",
                        "drain catalog-v1-2",
                        "drain ratings-1",
                        "registry:kill",
                        "kill reviews-2",
                        "storefront:open",
                        "registry:restart",
                        "registry:replace",
                        "registry:50/50");
    }

    @Test
    void tellsWhatCameOfTheRegistrysSteps() {
        assertThat(Script.steps().stream().map(step -> step.remark().of(scene)).filter(words -> !words.isEmpty()))
                .containsExactly("rotated", "pages", "members", "homecoming", "members");
    }

    @Test
    void withoutARegistryTheOthersArePlayed() throws InterruptedException {
        for (Step step : Script.withoutRegistry()) {
            step.begin().on(scene);
        }

        assertThat(done).contains("drain catalog-v1-2").noneMatch(each -> each.startsWith("registry"));
        assertThat(Script.namesWithRegistry())
                .containsExactly(
                        "certificates", "registry -9", "cold start", "registry back", "registry empty", "apply again");
    }

    @Test
    void needsNoInstanceThatTheSmallestShopLacks() throws InterruptedException {
        List<String> names = Backends.places(2).stream().map(Replica::name).toList();
        for (Step step : Script.steps()) {
            step.begin().on(scene);
        }

        assertThat(done.stream().filter(each -> each.contains(" ")).map(each -> each.substring(each.indexOf(' ') + 1)))
                .isSubsetOf(names);
    }
}
