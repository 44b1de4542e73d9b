package mutirao.platform.projection;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import mutirao.platform.eventstore.AxonJson;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// One component of a row and how it is read and written.
final class Column {
    private static final JsonMapper JSON = AxonJson.mapper();

    private final String name;
    private final Class<?> type;
    private final boolean json;
    private final boolean required;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final MethodHandle accessor;
    private final @Nullable Object zero;

    Column(RecordComponent component) {
        name = component.getName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        type = component.getType();
        json = json(type);
        required = !type.isPrimitive() && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        var jsonType = JSON.getTypeFactory().constructType(component.getGenericType());
        reader = JSON.readerFor(jsonType);
        writer = JSON.writerFor(jsonType);
        zero = type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
        accessor = accessor(component);
    }

    /// Reads a component of a row, whoever may see its record.
    static MethodHandle accessor(RecordComponent component) {
        try {
            var method = component.getAccessor();
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    /// Whether there is always a value. Of a primitive one nothing is demanded, so that an older version's table can
    /// stand in without the column: it reads as 0 or false then.
    boolean required() {
        return required;
    }

    /// Its PostgreSQL type, as PostgreSQL spells it.
    String sqlType() {
        return sqlType(type);
    }

    /// The PostgreSQL type of a Java type, as PostgreSQL spells it.
    static String sqlType(Class<?> type) {
        if (json(type)) {
            return "jsonb";
        }
        return switch (ClassUtils.resolvePrimitiveIfNecessary(type).getSimpleName()) {
            case "UUID" -> "uuid";
            case "Instant" -> "timestamp with time zone";
            case "Long" -> "bigint";
            case "Integer" -> "integer";
            case "Double" -> "double precision";
            case "BigDecimal" -> "numeric";
            case "Boolean" -> "boolean";
            default -> "text";
        };
    }

    /// The placeholder of a value in a statement.
    String placeholder() {
        return json ? "?::jsonb" : "?";
    }

    /// The row's value as the driver takes it.
    @Nullable
    Object value(Record row) {
        var value = get(row);
        return switch (value) {
            case null -> null;
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            default -> json ? writer.writeValueAsString(value) : value;
        };
    }

    /// The row's value as `COPY` takes it, or something whose `toString` is that.
    @Nullable
    Object text(Record row) {
        var value = get(row);
        return switch (value) {
            case null -> null;
            case Enum<?> constant -> constant.name();
            default -> json ? writer.writeValueAsString(value) : value;
        };
    }

    private @Nullable Object get(Record row) {
        try {
            return accessor.invoke(row);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// The value of this column as the row's constructor takes it.
    @SuppressWarnings({"unchecked", "rawtypes"}) // the component says that it is an enum
    @Nullable
    Object read(ResultSet row) throws SQLException {
        if (type == Instant.class) {
            var time = row.getObject(name, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        if (type.isEnum()) {
            var constant = row.getString(name);
            return constant == null ? null : Enum.valueOf((Class) type, constant);
        }
        if (json) {
            var text = row.getString(name);
            return text == null ? null : reader.readValue(text);
        }
        var value = type.isPrimitive() ? row.getObject(name) : row.getObject(name, type);
        if (row.wasNull()) {
            return zero; // in an older table that stands in without the column
        }
        return value;
    }

    private static boolean json(Class<?> type) {
        return !(type.isPrimitive()
                || type.isEnum()
                || type == String.class
                || type == UUID.class
                || type == Instant.class
                || Number.class.isAssignableFrom(type)
                || type == Boolean.class);
    }
}
