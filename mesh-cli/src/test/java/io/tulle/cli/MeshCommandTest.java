package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshCommandTest {
    private static final String CATALOG = """
            kind: Service
            metadata: {name: catalog}
            spec:
              subsets:
                - {name: v1, labels: {version: v1}}
                - {name: v2, labels: {version: v2}}
            ---
            kind: Instance
            metadata: {name: catalog-1, labels: {version: v1}}
            spec: {service: catalog, host: 127.0.0.1, port: 8081}
            """;
    private static final String ROUTES = """
            # how calls to the catalog go
            kind: Route
            metadata: {name: catalog}
            spec:
              service: catalog
              rules:
                - name: beta
                  matches: [{method: POST, headers: [{name: X-Beta, exact: "yes"}]}]
                  destinations: [{subset: v2}]
                  retry: {attempts: 1}
                  timeout: 0s
                - matches: [{path: {prefix: /books}}]
                  destinations: [{subset: v1, weight: 90}, {subset: v2, weight: 10}]
                  idempotent: true
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        Files.writeString(folder.resolve("routes.yaml"), ROUTES);
    }

    @Test
    void validateListsWhatItRead() {
        Ran ran = Ran.of("validate", folder);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .containsExactly(
                        "KIND      NAMESPACE  NAME       FILE",
                        "Service   default    catalog    catalog.yaml:1",
                        "Instance  default    catalog-1  catalog.yaml:8",
                        "Route     default    catalog    routes.yaml:2",
                        "3 resources in 2 files, all valid");
        assertThat(ran.code()).isZero();
    }

    @Test
    void validateOfAnEmptyFolderSaysSo() throws IOException {
        Path empty = Files.createDirectory(folder.resolve(".empty"));
        assertThat(Ran.of("validate", empty))
                .isEqualTo(new Ran(0, "", empty + ": no *.yaml, *.yml or *.json files here" + System.lineSeparator()));
        Files.writeString(empty.resolve("a.yaml"), "# only a comment\n");
        assertThat(Ran.of("validate", empty).out().lines()).containsExactly("0 resources in 1 file, all valid");
    }

    @Test
    void validatePrintsEveryProblem() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: Servize\n");
        Files.writeString(folder.resolve("b.yaml"), "kind: Service\nmetadata: {name: B, colour: red}\n");
        Ran ran = Ran.of("validate", folder);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("a.yaml:1:7: /kind: 'Servize'"),
                        line -> assertThat(line).startsWith("b.yaml:2:18: /metadata/name: 'B'"),
                        line -> assertThat(line).startsWith("b.yaml:2:21: /metadata/colour: unknown field"));
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void validateSeesContradictions() throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"), "kind: TrafficPolicy\nmetadata: {name: p}\nspec: {service: catalogs}\n");
        Ran ran = Ran.of("validate", folder);
        assertThat(ran.err())
                .startsWith(
                        "p.yaml:3:17: /spec/service: 'catalogs' (expected: a known service; did you mean default/catalog?");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void aMissingFolderIsExitCodeTwo() {
        Ran ran = Ran.of("validate", folder.resolve("nowhere"));
        assertThat(ran.err()).contains("nowhere: does not exist (expected: a folder of resource files)");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void anUnreadableFileIsExitCodeTwo() throws IOException {
        Files.createSymbolicLink(folder.resolve("z.yaml"), folder.resolve("nowhere"));
        Ran ran = Ran.of("show", folder);
        assertThat(ran.err()).contains("z.yaml: cannot be read: the link leads to nothing (");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void wrongUseIsExitCodeTwo() {
        assertThat(Ran.of().code()).isEqualTo(2);
        assertThat(Ran.of().err()).startsWith("Missing command: one of registry, apply, diff, get, ");
        assertThat(Ran.of("validate").code()).isEqualTo(2);
        assertThat(Ran.of("validate").err()).contains("Missing required parameter: 'FOLDER'");
        assertThat(Ran.of("valdate", folder).err())
                .startsWith("Unmatched arguments from index 0: 'valdate', ")
                .endsWith("; did you mean validate? (see mesh --help)\n");
        assertThat(Ran.of("show", "--outptu", "json", folder).err().lines()).hasSize(1);
        assertThat(Ran.of("show", folder, "-o", "xml").code()).isEqualTo(2);
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(Ran.of("--help").out()).contains("validate", "show", "explain");
        assertThat(Ran.of("--version").out()).startsWith("mesh ");
        assertThat(Ran.of("explain", "--help").code()).isZero();
    }

    @Test
    void showFillsInDefaults() throws IOException {
        Ran ran = Ran.of("show", folder);
        assertThat(ran.out())
                .startsWith("---\nkind: Service\n")
                .contains("timeout: 15s", "backoffBase: 25ms", "weight: 100");
        assertThat(ran.code()).isZero();
    }

    @Test
    void showQuotesWhatOlderYamlTakesForABoolean() {
        assertThat(Ran.of("show", folder).out()).contains("exact: 'yes'");
    }

    @Test
    void whatShowPrintsIsTheSameConfiguration(@TempDir Path other) throws IOException {
        Ran yaml = Ran.of("show", folder);
        Files.writeString(other.resolve("all.yaml"), yaml.out());
        assertThat(Ran.of("show", other)).isEqualTo(yaml);
        Ran json = Ran.of("show", folder, "-o", "json");
        assertThat(json.out()).startsWith("[").contains("\"kind\" : \"Service\"");
        Files.delete(other.resolve("all.yaml"));
        Files.writeString(other.resolve("all.json"), json.out());
        assertThat(Ran.of("show", other)).isEqualTo(yaml);
    }

    @Test
    void explainNamesRuleAndDestinations() {
        Ran ran = Ran.of("explain", folder, "--url", "http://catalog/books/7?x=1");
        assertThat(ran.out().lines())
                .containsExactly(
                        "service   default/catalog",
                        "rule      number 2 of Route default/catalog (routes.yaml:2)",
                        "timeout   15s",
                        "attempts  up to 3 (repeatable by the rule)",
                        "",
                        "SHARE   DESTINATION         ENDPOINT   ADDRESS",
                        "90.0 %  default/catalog v1  catalog-1  127.0.0.1:8081",
                        "10.0 %  default/catalog v2  none       calls will fail: no instance is known");
        assertThat(ran.code()).isZero();
    }

    @Test
    void explainLooksAtMethodAndHeaders() {
        Ran ran = Ran.of(
                "explain",
                folder,
                "--method",
                "POST",
                "--url",
                "http://catalog.default",
                "-H",
                "x-beta: yes",
                "-H",
                "a:b");
        assertThat(ran.out()).contains("'beta', number 1 of Route", "timeout   none", "attempts  1\n", "100.0 %");
    }

    @Test
    void explainSaysThatNoRuleMatches() {
        assertThat(Ran.of("explain", folder, "--url", "http://catalog/").out())
                .contains("none matches: every call goes to the whole service", "up to 3 (repeatable by GET)");
        assertThat(Ran.of("explain", folder, "--method", "POST", "--url", "http://catalog/")
                        .out())
                .contains("not repeatable by POST");
        assertThat(Ran.of("explain", folder, "--method", "POST", "-H", "idempotency-key: 7", "--url", "http://catalog/")
                        .out())
                .contains("up to 3 (repeatable by POST)");
    }

    @Test
    void explainOfAnUnknownServiceNamesNearOnes() {
        Ran ran = Ran.of("explain", folder, "--url", "http://catalogue/");
        assertThat(ran.err()).contains("service 'catalogue' is not known").contains("did you mean catalog?");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void explainLetsOtherHostsPass() {
        Ran ran = Ran.of("explain", folder, "--url", "http://example.com/");
        assertThat(ran.out()).startsWith("example.com is not a name of the mesh");
        assertThat(ran.code()).isZero();
    }

    @Test
    void explainSeesTheCallersNamespace() {
        Ran ran = Ran.of("explain", folder, "--namespace", "shop", "--url", "http://catalog/");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("namespace shop", "as http://catalog.default/, or use --namespace default");
        Ran wrong = Ran.of("explain", folder, "--namespace=S_", "--url", "http://catalog/");
        assertThat(wrong.err()).startsWith("--namespace: 'S_' (expected: ");
        assertThat(wrong.code()).isEqualTo(2);
    }

    @Test
    void explainRefusesWhatIsNoRequest() {
        for (String url : new String[] {"catalog", "http://", "http://a b/", "mailto:a@b"}) {
            Ran ran = Ran.of("explain", folder, "--url", url);
            assertThat(ran.err()).startsWith("--url: '" + url + "'").contains("(expected: a URL such as");
            assertThat(ran.code()).isEqualTo(2);
        }
        assertThat(Ran.of("explain", folder, "--url", "http://catalog/", "-H", "nothing")
                        .err())
                .startsWith("--header: 'nothing' (expected: 'name: value')");
    }

    @Test
    void aTableShowsNoControlCharacters() throws IOException {
        Files.writeString(folder.resolve("i\u001b[2J.yaml"), "kind: Service\nmetadata: {name: i}\n");
        assertThat(Ran.of("validate", folder).out()).contains("i?[2J.yaml:1");
    }
}
