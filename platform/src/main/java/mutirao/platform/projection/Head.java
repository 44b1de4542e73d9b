package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import mutirao.platform.eventstore.EventMeta;
import org.jspecify.annotations.Nullable;

/// What every row keyed by `id` begins with, in so far as its record has it, filled by the kernel: `id`, `version` (the
/// last event of the row's own aggregate), `createdAt` and `updatedAt` (the first and the last event that made the row
/// what it is). A fold leaves them as they are. Immutable.
final class Head<R extends Record> {
    private static final List<String> COMPONENTS = List.of("id", "version", "createdAt", "updatedAt");
    private static final MethodType STAMP =
            MethodType.methodType(Record.class, Record.class, Object.class, long.class, Instant.class, Instant.class);
    private static final ClassValue<Head<?>> OF = new ClassValue<>() {
        @Override
        protected Head<?> computeValue(Class<?> row) {
            return new Head<>(row.asSubclass(Record.class));
        }
    };
    private static final Head<?> NONE = new Head<>();

    private final @Nullable MethodHandle stamp;
    private final @Nullable MethodHandle id;
    private final @Nullable MethodHandle version;
    private final @Nullable MethodHandle createdAt;

    private Head() {
        stamp = null;
        id = null;
        version = null;
        createdAt = null;
    }

    private Head(Class<R> row) {
        var components = row.getRecordComponents();
        stamp = stamp(row, components);
        id = accessor(components, "id", Object.class);
        version = accessor(components, "version", long.class);
        createdAt = accessor(components, "createdAt", Instant.class);
    }

    /// The head of a table's rows.
    @SuppressWarnings("unchecked") // made of the very class
    static <R extends Record> Head<R> of(Table<R> table) {
        return (Head<R>) (table.key().equals("id") ? OF.get(table.row()) : NONE);
    }

    /// The row with its head.
    ///
    /// @param row    what became of it; null for none
    /// @param before what it was; null when there was none
    /// @param key    its key, asked for when there was none
    /// @param meta   of the event
    @SuppressWarnings("unchecked") // its own constructor makes an R
    @Nullable
    R on(@Nullable R row, @Nullable R before, Supplier<@Nullable Object> key, EventMeta meta) {
        if (row == null || stamp == null) {
            return row;
        }
        try {
            var own =
                    requireNonNull(before == null || id == null ? key.get() : (Object) id.invokeExact((Record) before));
            var last = version == null
                    ? 0
                    : before == null || meta.aggregateUuid().equals(own)
                            ? meta.version()
                            : (long) version.invokeExact((Record) before);
            var created = before == null || createdAt == null
                    ? meta.timestamp()
                    : (Instant) createdAt.invokeExact((Record) before);
            return (R) (Record) stamp.invokeExact((Record) row, own, last, created, meta.timestamp());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // declared by method handles; a record's own throw nothing checked
            throw new IllegalStateException(e);
        }
    }

    /// Makes a row anew from another, with another head: the constructor, which is given the accessors' values for the
    /// other components.
    private static @Nullable MethodHandle stamp(Class<? extends Record> row, RecordComponent[] components) {
        if (Arrays.stream(components).map(RecordComponent::getName).noneMatch(COMPONENTS::contains)) {
            return null;
        }
        try {
            var make = MethodHandles.lookup().unreflectConstructor(Rows.constructor(row));
            var places = new int[components.length];
            for (int i = 0; i < components.length; i++) {
                places[i] = COMPONENTS.indexOf(components[i].getName()) + 1;
                make = places[i] == 0
                        ? MethodHandles.filterArguments(make, i, accessor(components[i], components[i].getType()))
                        : make.asType(make.type().changeParameterType(i, STAMP.parameterType(places[i])));
            }
            return MethodHandles.permuteArguments(
                    make.asType(make.type().changeReturnType(Record.class)), STAMP, places);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable MethodHandle accessor(RecordComponent[] components, String name, Class<?> as) {
        return Arrays.stream(components)
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> accessor(component, as))
                .orElse(null);
    }

    private static MethodHandle accessor(RecordComponent component, Class<?> as) {
        return Column.accessor(component).asType(MethodType.methodType(as, Record.class));
    }
}
