package io.tulle.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.ObjectInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The house rules: who may see whom, and what the engine may not touch. Each rule is made for a root package, so that the same rule runs on
 * {@code io.tulle} and on the planted violations.
 *
 * <p>A rule may be empty: a module that has no classes yet breaks nothing. {@link ArchitectureTest#seesEveryModuleThatHasSources} makes sure
 * that emptiness is never an accident of the class path.
 */
enum HouseRule {
    API_USES_THE_JDK_ONLY(root -> classes()
            .that()
            .resideInAPackage(root + ".api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(root + ".api..", "java..", "org.jspecify..")
            .because("users and extension writers compile against it")),

    CORE_USES_THE_API_ONLY(root -> classes()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(root + ".core..", root + ".api..", "java..", "org.jspecify..", "org.slf4j..")
            .because("the engine decides and drivers execute")),

    CLIENT_SEES_NO_ADAPTER(root -> noClasses()
            .that()
            .resideInAPackage(root + ".client..")
            .should()
            .dependOnClassesThat(outside(root, "client", "core", "api"))
            .because("adapters stand on the client, not the other way round")),

    ADAPTERS_DO_NOT_SEE_EACH_OTHER(root -> all(Names.ADAPTERS.stream()
            .map(adapter -> noClasses()
                    .that()
                    .resideInAPackage(root + "." + adapter + "..")
                    .should()
                    .dependOnClassesThat(outside(root, adapter, "client", "core", "api"))))),

    TESTING_AND_CLI_SEE_NO_ADAPTER(root -> all(Stream.of("testing", "cli")
            .map(module -> noClasses()
                    .that()
                    .resideInAPackage(root + "." + module + "..")
                    .should()
                    .dependOnClassesThat(outside(root, module, "client", "core", "api"))))),

    REGISTRY_SEES_WHAT_IT_SHARES_WITH_CLIENTS_ONLY(root -> noClasses()
            .that()
            .resideInAPackage(root + ".registry..")
            .should()
            .dependOnClassesThat(resideInAPackage(root + "..")
                    .and(not(resideInAnyPackage(
                            root + ".registry..",
                            root + ".api..",
                            root + ".core.snapshot..",
                            root + ".client.codec..",
                            root + ".client.wire..",
                            root + ".client.time..")))
                    .and(not(HasName.Predicates.name(root + ".client.MeshRuntime"))))
            .because("the control plane makes no calls through the mesh")),

    CAPABILITIES_DO_NOT_SEE_EACH_OTHER(root -> all(Names.CAPABILITIES.stream()
            .map(capability -> noClasses()
                    .that()
                    .resideInAPackage(root + ".core." + capability + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + ".core..")
                            .and(not(resideInAnyPackage(
                                    root + ".core." + capability + "..", root + ".core.window.."))))))),

    ONLY_CALL_AND_SNAPSHOT_COMPOSE(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .and(not(resideInAnyPackage(composers(root))))
            .and(not(resideInAnyPackage(capabilities(root))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(capabilities(root)).or(resideInAnyPackage(composers(root))))
            .because("one place shows how the capabilities fit together")),

    CORE_SHOWS_CALL_AND_SNAPSHOT_ONLY(root -> noClasses()
            .that()
            .resideOutsideOfPackages(root + ".core..", root + ".benchmarks..")
            .should()
            .dependOnClassesThat(resideInAPackage(root + ".core..").and(not(resideInAnyPackage(composers(root)))))
            .because("the other packages of the engine may change with every version")),

    CORE_OPENS_NO_SOCKET_AND_NO_FILE(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "javax.net..")
            .because("drivers execute")),

    CORE_STARTS_NO_THREAD(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .accessTargetWhere(describe("starts or parks a thread", HouseRule::startsOrParksThread))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Executors.class,
                    ThreadPoolExecutor.class,
                    ScheduledThreadPoolExecutor.class,
                    ForkJoinPool.class,
                    LockSupport.class,
                    Timer.class)
            .because("the engine runs on the thread of whoever calls it")),

    CORE_IS_GIVEN_THE_TIME(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .accessTargetWhere(describe("reads a clock", HouseRule::readsClock))
            .because("time is an argument: the same code runs in virtual time")),

    CORE_IS_GIVEN_ITS_CHANCES(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .accessTargetWhere(describe("draws from an unseeded source", HouseRule::drawsUnseeded))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class)
            .because("randomness is injected: a seed repeats a run")),

    NOBODY_READS_SERIALIZED_OBJECTS(root -> noClasses()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .because("bytes from outside must not choose the classes that are loaded")),

    ONLY_HTTP_USES_OKHTTP(root -> noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and(not(resideInAnyPackage(
                    root + ".http..", root + ".examples..", root + ".benchmarks..", root + ".proofs..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "mockwebserver3..")),

    ONLY_GRPC_USES_GRPC_JAVA(root -> noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and(not(resideInAnyPackage(
                    root + ".grpc..", root + ".examples..", root + ".benchmarks..", root + ".proofs..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..")),

    ONE_CLASS_USES_INTERNALS_OF_GRPC(root -> noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and(not(HasName.Predicates.nameStartingWith(root + ".grpc.MeshConfigSelector")))
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.grpc\\.(internal\\..*|Internal[A-Z].*)")
            .because("grpc-java may change them with every version")),

    CODEC_LIBRARIES_STAY_INSIDE(root -> classes()
            .that()
            .resideInAPackage(root + "..")
            .and(not(resideInAnyPackage(root + ".examples..", root + ".benchmarks..")))
            .should(Conditions.notShowInSignatures(
                    resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..", "org.snakeyaml.."),
                    "Jackson or snakeyaml"))
            .because("users choose their own version of them")),

    EVERY_PACKAGE_IS_NULL_MARKED(root -> classes()
            .that()
            .resideInAPackage(root + "..")
            .and(not(resideInAPackage("..jmh_generated..")))
            .should(Conditions.liveInNullMarkedPackage())),

    NAMES_SAY_WHAT_A_CLASS_IS(root -> classes()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils)")
            .because("these endings say nothing"));

    private static final Set<String> QUIET_THREAD_METHODS = Set.of("currentThread", "onSpinWait", "threadId", "getId");
    private static final Set<String> CLOCK_METHODS =
            Set.of("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis", "java.util.Date.<init>");

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Function<String, ArchRule> ruleFor;

    HouseRule(Function<String, ArchRule> ruleFor) {
        this.ruleFor = ruleFor;
    }

    ArchRule on(String root) {
        return ruleFor.apply(root).allowEmptyShould(true);
    }

    private static ArchRule all(Stream<? extends ArchRule> rules) {
        return rules.<ArchRule>map(rule -> rule.allowEmptyShould(true))
                .reduce((all, rule) -> CompositeArchRule.of(all).and(rule))
                .orElseThrow();
    }

    private static DescribedPredicate<JavaClass> outside(String root, String... modules) {
        String[] allowed =
                Arrays.stream(modules).map(module -> root + "." + module + "..").toArray(String[]::new);
        return resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed)));
    }

    private static String[] capabilities(String root) {
        return Names.CAPABILITIES.stream()
                .map(name -> root + ".core." + name + "..")
                .toArray(String[]::new);
    }

    private static String[] composers(String root) {
        return new String[] {root + ".core.call..", root + ".core.snapshot.."};
    }

    private static boolean startsOrParksThread(JavaAccess<?> call) {
        return call.getTargetOwner().isAssignableTo(Thread.class) && !QUIET_THREAD_METHODS.contains(call.getName());
    }

    private static boolean readsClock(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (owner.getPackageName().equals("java.time")) {
            return call.getName().equals("now") || call.getName().startsWith("system");
        }
        return CLOCK_METHODS.contains(owner.getName() + "." + call.getName());
    }

    private static boolean drawsUnseeded(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        return switch (owner.getName()) {
            case "java.lang.Math" -> call.getName().equals("random");
            case "java.util.UUID" -> call.getName().equals("randomUUID");
            case "java.util.Random", "java.util.SplittableRandom" ->
                call.getDescription().contains(".<init>()>");
            case "java.security.SecureRandom" -> true;
            default -> false;
        };
    }

    /** What the rules enumerate; apart, because an enum's constants cannot read its own static fields. */
    private static final class Names {
        static final List<String> CAPABILITIES =
                List.of("route", "retry", "balance", "outlier", "breaker", "limit", "inbound");
        static final List<String> ADAPTERS = List.of("http", "grpc");

        private Names() {}
    }
}
