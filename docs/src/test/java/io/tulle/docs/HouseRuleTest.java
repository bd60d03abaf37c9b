package io.tulle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule can fail: the classes in {@code planted} break them, and the rule names exactly those. */
class HouseRuleTest {
    private static final String ROOT = "planted";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

    @ParameterizedTest
    @CsvSource({
        "API_USES_THE_JDK_ONLY, planted.api.UsesSlf4j",
        "CORE_USES_THE_API_ONLY, planted.core.call.UsesClient",
        "CLIENT_SEES_NO_ADAPTER, planted.client.SeesHttp",
        "ADAPTERS_DO_NOT_SEE_EACH_OTHER, planted.http.SeesGrpc",
        "TESTING_AND_CLI_SEE_NO_ADAPTER, planted.cli.SeesHttp",
        "REGISTRY_SEES_WHAT_IT_SHARES_WITH_CLIENTS_ONLY, planted.registry.SeesClient",
        "CAPABILITIES_DO_NOT_SEE_EACH_OTHER, planted.core.retry.SeesBreaker",
        "ONLY_CALL_AND_SNAPSHOT_COMPOSE, planted.core.window.SeesRetry",
        "CORE_SHOWS_CALL_AND_SNAPSHOT_ONLY, planted.client.SeesBreaker",
        "CORE_OPENS_NO_SOCKET_AND_NO_FILE, planted.core.call.OpensSocket",
        "CORE_STARTS_NO_THREAD, planted.core.call.StartsThread",
        "CORE_STARTS_NO_THREAD, planted.core.call.Sleeps",
        "CORE_STARTS_NO_THREAD, planted.core.call.MakesPool",
        "CORE_IS_GIVEN_THE_TIME, planted.core.call.ReadsNanoTime",
        "CORE_IS_GIVEN_THE_TIME, planted.core.call.ReadsWallClock",
        "CORE_IS_GIVEN_ITS_CHANCES, planted.core.call.DrawsUnseeded",
        "CORE_IS_GIVEN_ITS_CHANCES, planted.core.call.DrawsFromThread",
        "NOBODY_READS_SERIALIZED_OBJECTS, planted.client.ReadsObjects",
        "ONLY_HTTP_USES_OKHTTP, planted.client.UsesOkHttp",
        "ONLY_GRPC_USES_GRPC_JAVA, planted.client.UsesGrpcJava",
        "ONE_CLASS_USES_INTERNALS_OF_GRPC, planted.grpc.UsesInternals",
        "CODEC_LIBRARIES_STAY_INSIDE, planted.client.ShowsJackson",
        "CODEC_LIBRARIES_STAY_INSIDE, planted.client.ShowsSnakeyaml",
        "EVERY_PACKAGE_IS_NULL_MARKED, planted.unmarked.Unmarked",
        "NAMES_SAY_WHAT_A_CLASS_IS, planted.client.RetryManager",
    })
    void reports(HouseRule rule, String breaker) {
        assertThat(failures(rule)).anySatisfy(line -> assertThat(line).contains(breaker));
    }

    @ParameterizedTest
    @EnumSource
    void reportsOnlyWhatBreaksIt(HouseRule rule) {
        assertThat(failures(rule))
                .isNotEmpty()
                .noneSatisfy(line -> assertThat(line).containsPattern("^(\\w+ )?<?planted\\.[a-z.]+\\.Keeps"));
    }

    private static List<String> failures(HouseRule rule) {
        EvaluationResult result = rule.on(ROOT).evaluate(CLASSES);
        return result.getFailureReport().getDetails();
    }
}
