package mutirao.auditoria.query;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one place of a view was before an event and is after it.
///
/// @param path an RFC 6901 JSON pointer into the view
/// @param from null for what was not there
/// @param to   null for what is not there any more
record Mudanca(
        String path, @Nullable JsonNode from, @Nullable JsonNode to) {

    /// What leads from one view to another: objects by field, arrays by index, and null is as good as absent. Carried
    /// out in this order they make the one of the other; what an array loses is taken from its end.
    static List<Mudanca> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        var changes = new ArrayList<Mudanca>();
        compare("", before, after, changes);
        return changes;
    }

    private static void compare(
            String path, @Nullable JsonNode before, @Nullable JsonNode after, List<Mudanca> changes) {
        var from = present(before);
        var to = present(after);
        if (from == null ? to == null : from.equals(to)) {
            return;
        }
        if (to != null && to.isObject() && (from == null ? path.isEmpty() : from.isObject())) {
            fields(path, from, to, changes);
        } else if (from != null && to != null && from.isArray() && to.isArray()) {
            elements(path, from, to, changes);
        } else {
            changes.add(new Mudanca(path, from, to));
        }
    }

    private static void fields(String path, @Nullable JsonNode from, JsonNode to, List<Mudanca> changes) {
        var names = new TreeSet<>(to.propertyNames());
        if (from != null) {
            names.addAll(from.propertyNames());
        }
        for (var name : names) {
            compare(path + "/" + escaped(name), from == null ? null : from.get(name), to.get(name), changes);
        }
    }

    private static void elements(String path, JsonNode from, JsonNode to, List<Mudanca> changes) {
        for (int i = 0; i < to.size(); i++) {
            compare(path + "/" + i, from.get(i), to.get(i), changes);
        }
        for (int i = from.size() - 1; i >= to.size(); i--) {
            changes.add(new Mudanca(path + "/" + i, from.get(i), null));
        }
    }

    private static @Nullable JsonNode present(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
