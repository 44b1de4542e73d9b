package mutirao;

import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mutirao.platform.identity.Access;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The operations of the API as they are really mapped, and who may call them.
final class Operacoes {
    private Operacoes() {}

    /// Method and path of each, such as `GET /api/ofertas/{id}`, by path; of one that says nothing, empty.
    ///
    /// @throws AssertionError when two methods that answer the same one in two types say two things
    static SortedMap<String, Optional<Access>> de(RequestMappingHandlerMapping mapping) {
        var all = new TreeMap<String, Optional<Access>>(
                Comparator.comparing(Operacoes::path).thenComparing(Comparator.naturalOrder()));
        mapping.getHandlerMethods()
                .forEach((mapped, method) -> mapped.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapped.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> {
                                    var access = Access.of(method.getMethod());
                                    var other = all.putIfAbsent(verb + " " + path, access);
                                    if (other != null && !other.equals(access)) {
                                        throw new AssertionError(method + " says " + access + ", not " + other);
                                    }
                                })));
        return all;
    }

    private static String path(String operation) {
        return operation.substring(operation.indexOf(' ') + 1);
    }
}
