package mutirao.platform.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mutirao.platform.rest.Problem.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// All that is wrong with a body that was refused, field by field: Jackson stops at the first field that it cannot
/// read, and Bean Validation does not begin before it has read them all. Whatever can be read is validated. Only what
/// has been refused is looked at, so a good body is read once.
final class Findings {
    /// So many are worth reading.
    private static final int MOST = 100;

    /// Bean Validation's way to say that it means the element itself.
    private static final Pattern ELEMENT = Pattern.compile("\\.<[^>]+>");

    private final JsonMapper json;
    private final Validator validator;
    private final List<FieldError> errors = new ArrayList<>();

    private Findings(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /// What is wrong with a body.
    ///
    /// @param body    as it was sent
    /// @param type    a record that it is not
    /// @param refused what Jackson said of it, for what is wrong with no field
    static Problem of(JsonNode body, Type type, JacksonException refused, JsonMapper json, Validator validator) {
        var findings = new Findings(json, validator);
        findings.look("", body, json.getTypeFactory().constructType(type));
        return findings.errors.isEmpty() ? Problems.Json.problem(refused) : Problem.invalid(findings.errors);
    }

    /// @return whether nothing is wrong there
    private boolean look(String path, JsonNode node, JavaType type) {
        var before = errors.size();
        if (before >= MOST) {
            return false;
        }
        if (node instanceof ObjectNode object && type.getRawClass().isRecord()) {
            fields(path, object, type.getRawClass());
        } else if (node.isArray() && type.isCollectionLikeType()) {
            for (int i = 0; i < node.size(); i++) {
                look(path + "[" + i + "]", node.get(i), type.getContentType());
            }
        } else {
            read(path, node, type);
        }
        return errors.size() == before;
    }

    private void fields(String path, ObjectNode object, Class<?> type) {
        var known = components(type);
        object.propertyNames().stream()
                .filter(name -> !known.containsKey(name))
                .limit(MOST)
                .forEach(name -> errors.add(new FieldError(at(path, name), "campo desconhecido")));
        known.forEach((name, component) -> {
            var node = object.path(name).isMissingNode() ? json.nullNode() : object.get(name);
            var wanted = json.getTypeFactory().constructType(component.getGenericType());
            if (look(at(path, name), node, wanted)) {
                validate(at(path, name), type, component, json.treeToValue(node, wanted));
            }
        });
    }

    /// By the names that they have in JSON.
    private static Map<String, RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(
                        Findings::name, component -> component, (first, _) -> first, LinkedHashMap::new));
    }

    private static String name(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    private void read(String path, JsonNode node, JavaType type) {
        try {
            json.<Object>treeToValue(node, type);
        } catch (JacksonException e) {
            errors.add(new FieldError(
                    path + (e instanceof DatabindException deeper ? Problems.Json.below(deeper) : ""),
                    Problems.Json.message(e, type.getRawClass())));
        }
    }

    private <T> void validate(String path, Class<T> type, RecordComponent component, Object value) {
        validator.validateValue(type, component.getName(), value).stream()
                .map(violation -> new FieldError(
                        path + below(violation.getPropertyPath().toString(), component.getName()),
                        violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .forEach(errors::add);
    }

    /// Where in a field, which a list's own elements are.
    private static String below(String where, String field) {
        return ELEMENT.matcher(where.substring(field.length())).replaceAll("");
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
