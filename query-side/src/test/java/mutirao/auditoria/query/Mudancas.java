package mutirao.auditoria.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Carries changes out, as a client would.
final class Mudancas {
    private Mudancas() {}

    /// The view after the changes; it must have been before as they say.
    static JsonNode aplicadas(JsonNode view, List<Mudanca> changes) {
        var root = view == null ? JsonMapper.shared().createObjectNode() : view;
        for (var change : changes) {
            if (change.path().isEmpty()) {
                root = change.to();
                continue;
            }
            var cut = change.path().lastIndexOf('/');
            var parent = root.at(change.path().substring(0, cut));
            var name = change.path().substring(cut + 1).replace("~1", "/").replace("~0", "~");
            assertThat(semNulos(parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name)))
                    .as(change.path())
                    .isEqualTo(semNulos(change.from()));
            if (parent instanceof ObjectNode object) {
                object.set(name, change.to() == null ? null : change.to().deepCopy());
            } else {
                set((ArrayNode) parent, Integer.parseInt(name), change.to());
            }
        }
        return root;
    }

    private static void set(ArrayNode array, int index, JsonNode value) {
        if (value == null) {
            assertThat(index).isEqualTo(array.size() - 1);
            array.remove(index);
        } else if (index == array.size()) {
            array.add(value.deepCopy());
        } else {
            array.set(index, value.deepCopy());
        }
    }

    /// The same without fields that are null.
    static JsonNode semNulos(JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        var copy = node.deepCopy();
        if (copy instanceof ObjectNode object) {
            for (var name : List.copyOf(object.propertyNames())) {
                var value = semNulos(object.get(name));
                if (value == null) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, semNulos(array.get(i)));
            }
        }
        return copy;
    }
}
