package mutirao.messaging.internal.asyncapi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Ids that are unique in one place of the document, and the same again for the same.
final class Ids {
    private final Map<Object, String> given = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// The id of something.
    ///
    /// @param wanted what it is called if nothing else is called so
    String of(Object something, String wanted) {
        return given.computeIfAbsent(something, _ -> free(spelt(wanted)));
    }

    /// As ids of components and the parts of a reference are spelt.
    private static String spelt(String wanted) {
        return wanted.replace("*", "_any_").replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private String free(String wanted) {
        var id = wanted;
        for (var next = 2; !taken.add(id); next++) {
            id = wanted + "-" + next;
        }
        return id;
    }
}
