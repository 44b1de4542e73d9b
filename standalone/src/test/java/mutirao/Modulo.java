package mutirao;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A module whose jar runs. The jars are made after the tests, so its very class path stands in for it.
enum Modulo {
    STANDALONE("standalone", "", StandaloneApplication.class),
    COMMAND_SIDE("command-side", "-exec", CommandSideApplication.class),
    QUERY_SIDE("query-side", "-exec", QuerySideApplication.class);

    /// The checkout.
    static final Path RAIZ = Path.of("..").toAbsolutePath().normalize();

    private final String name;
    private final String classifier;
    private final Class<?> main;

    Modulo(String name, String classifier, Class<?> main) {
        this.name = name;
        this.classifier = classifier;
        this.main = main;
    }

    /// What `docker-compose.yml` calls it.
    String servico() {
        return name;
    }

    /// Where a build leaves its jar, as documentation names it.
    String jar() {
        return "%s/target/mutirao-%1$s-0.1.0-SNAPSHOT%s.jar".formatted(name, classifier);
    }

    /// The command that starts it in place of `java -jar` and its jar.
    List<String> comando(List<String> jvm, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-Dstdout.encoding=UTF-8");
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String classPath() {
        var target = RAIZ.resolve(name).resolve("target");
        try {
            return target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("classpath.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException("Maven writes it: ./mvnw test-compile", e);
        }
    }
}
