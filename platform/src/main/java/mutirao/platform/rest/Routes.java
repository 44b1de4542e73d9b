package mutirao.platform.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import mutirao.platform.side.Side;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Which side answers an operation, for a process that is one of them and for whoever stands before both: the generated
/// list `operacoes.txt`, one line for each, `<side> <method> <path>`. What is not on it is asked of the side that
/// decides when it can change something, else of the one that shows. Immutable.
final class Routes {
    static final String LIST = "operacoes.txt";
    private static final Set<String> COMMANDS = Set.of("POST", "PUT", "PATCH", "DELETE");

    private record Route(Side side, String method, PathPattern path) {
        static Route of(String line) {
            var parts = line.split(" ", 3);
            return new Route(Side.of(parts[0]), parts[1], PathPatternParser.defaultInstance.parse(parts[2]));
        }
    }

    private final List<Route> routes;

    Routes(String list) {
        routes = list.lines().map(Route::of).toList();
    }

    static Routes generated() throws IOException {
        return new Routes(new ClassPathResource(LIST).getContentAsString(StandardCharsets.UTF_8));
    }

    /// Whether a request of that method can change something.
    static boolean commands(String method) {
        return COMMANDS.contains(method);
    }

    /// @return [Side#BOTH] when each answers for itself
    Side of(String method, String path) {
        var asked = method.equals("HEAD") ? "GET" : method;
        var container = PathContainer.parsePath(path);
        return routes.stream()
                .filter(route -> route.method.equals(asked) && route.path.matches(container))
                .map(Route::side)
                .findFirst()
                .orElse(commands(method) ? Side.COMMAND : Side.QUERY);
    }
}
