package mutirao.messaging.internal.asyncapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON schemas of what messages say, as Jackson writes it and Bean Validation demands it.
final class Schemas {
    private final JsonMapper json;
    private final SchemaBuilder builder;

    Schemas(JsonMapper json) {
        this.json = json;
        var config = new SchemaGeneratorConfigBuilder(json, SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.PLAIN_DEFINITION_KEYS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.FLATTENED_OPTIONALS)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(new JacksonSchemaModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE, JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY));
        if (ClassUtils.isPresent("jakarta.validation.Constraint", Schemas.class.getClassLoader())) {
            config.with(new JakartaValidationModule(
                    JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                    JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        }
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(Schemas::whatJacksonWrites)
                .withSubtypeResolver(Schemas::permitted);
        this.builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /// Whether a type says anything of the data.
    static boolean tells(@Nullable Type data) {
        return data != null && data != Object.class && !(data instanceof Class<?> type && isTree(type));
    }

    private static boolean isTree(Class<?> type) {
        return JsonNode.class.isAssignableFrom(type);
    }

    /// The schema of data of a type. To be asked for before [#definitions].
    ///
    /// @param data null for any data, `void` for none
    JsonNode of(@Nullable Type data) {
        if (data == null || !tells(data)) {
            return json.createObjectNode();
        }
        if (data == void.class || data == Void.class) {
            return json.createObjectNode().put("type", "object").put("maxProperties", 0);
        }
        return builder.createSchemaReference(data);
    }

    /// What those schemas refer to.
    ObjectNode definitions() {
        return builder.collectDefinitions("components/schemas");
    }

    private static @Nullable CustomDefinition whatJacksonWrites(ResolvedType type, SchemaGenerationContext context) {
        if (isTree(type.getErasedType())) {
            return new CustomDefinition(context.getGeneratorConfig().createObjectNode(), true);
        }
        return value(type.getErasedType())
                .map(written ->
                        context.createDefinition(context.getTypeContext().resolve(written)))
                .map(definition -> new CustomDefinition(definition, true))
                .orElse(null);
    }

    /// What is written in the place of the whole, if that is so (`@JsonValue`). Enums are known to the module.
    private static Optional<Type> value(Class<?> type) {
        if (type.isEnum()) {
            return Optional.empty();
        }
        Stream<Type> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(Schemas::isValue)
                .map(method -> method.getGenericReturnType());
        Stream<Type> fields =
                Arrays.stream(type.getDeclaredFields()).filter(Schemas::isValue).map(field -> field.getGenericType());
        return Stream.concat(methods, fields).findFirst();
    }

    private static boolean isValue(AnnotatedElement member) {
        var annotation = member.getAnnotation(JsonValue.class);
        return annotation != null && annotation.value();
    }

    /// A sealed type is one of those it permits.
    private static @Nullable List<ResolvedType> permitted(ResolvedType type, SchemaGenerationContext context) {
        var permitted = type.getErasedType().getPermittedSubclasses();
        return permitted == null || isTree(type.getErasedType())
                ? null
                : Arrays.stream(permitted)
                        .map(each -> context.getTypeContext().resolveSubtype(type, each))
                        .toList();
    }
}
