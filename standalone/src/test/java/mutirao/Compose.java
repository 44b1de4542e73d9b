package mutirao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/// `docker-compose.yml`, read without the engine that nobody has where this is built.
record Compose(Map<String, Map<String, Map<String, Object>>> file) {
    private static final Pattern DEFAULTED = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    static Compose lido() {
        try {
            return new Compose(new Yaml().load(Files.readString(Modulo.RAIZ.resolve("docker-compose.yml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Map<String, Object>> servicos() {
        return file.get("services");
    }

    /// What a service finds in its environment where nobody has set anything, which has to be enough.
    Map<String, String> ambiente(String service) {
        var environment = new LinkedHashMap<String, String>();
        ((Map<?, ?>) servicos().get(service).get("environment")).forEach((name, value) -> {
            var text = DEFAULTED.matcher(String.valueOf(value)).replaceAll("$1");
            if (text.contains("${")) {
                throw new AssertionError(name + " asks for a variable that is documented nowhere: " + text);
            }
            environment.put(String.valueOf(name), text);
        });
        return environment;
    }
}
