package io.tulle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tulle keeps the rules of the house. */
class ArchitectureTest {
    private static final String ROOT = "io.tulle";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @EnumSource
    void keeps(HouseRule rule) {
        rule.on(ROOT).check(CLASSES);
    }

    @Test
    void seesEveryModuleThatHasSources() {
        List<Path> packages = packagesWithSources();

        assertThat(packages).isNotEmpty();
        for (Path sources : packages) {
            String name = sources.toString().replace('/', '.').replace('\\', '.');
            assertThat(CLASSES.stream().map(type -> type.getPackageName()))
                    .as("packages on the class path of the docs module")
                    .contains(name);
        }
    }

    private static List<Path> packagesWithSources() {
        Path home = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .resolve("..")
                .normalize();
        List<Path> sourceRoots = Stream.of("", "examples")
                .flatMap(folder -> list(home.resolve(folder)))
                .map(module -> module.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .toList();
        return sourceRoots.stream().flatMap(ArchitectureTest::packagesBelow).toList();
    }

    private static Stream<Path> packagesBelow(Path sourceRoot) {
        try (Stream<Path> files = Files.walk(sourceRoot)) {
            return files
                    .filter(file -> file.getFileName().toString().endsWith(".java"))
                    .map(file -> sourceRoot.relativize(file.getParent()))
                    .filter(folder -> folder.startsWith("io"))
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
