package mutirao.platform.rest;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.util.Map;
import mutirao.api.LocalPatch;
import mutirao.api.MetadataPatch;
import mutirao.api.Patch;
import mutirao.api.Visivel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The body of a `PATCH` (RFC 7396): typed values, and which fields were named at all. A controller that takes one has
/// its `value` validated.
///
/// @param value the body as its record; a field that is null was absent or removed
/// @param body  what was sent
public record MergePatch<T>(T value, ObjectNode body) {
    /// The media type that is taken as well.
    static final String JSON = "application/json";

    /// The media type of RFC 7396.
    static final String MERGE_PATCH_JSON = "application/merge-patch+json";

    static final String[] MEDIA_TYPES = {MERGE_PATCH_JSON, JSON};

    /// The part of a body that patches a place.
    public record Place(
            @Visivel @Size(max = 300) @Nullable String name,
            @DecimalMin("-90") @DecimalMax("90") @Nullable Double latitude,
            @DecimalMin("-180") @DecimalMax("180") @Nullable Double longitude) {}

    /// A field that can be changed but not removed; null when it was not named.
    ///
    /// @throws Problem when it was named to be removed
    public <V> @Nullable V required(String field, @Nullable V given) {
        if (given == null && body.has(field)) {
            throw Problem.invalid(field, "não pode ser removido");
        }
        return given;
    }

    /// A field that can be changed or removed; null when it was not named.
    public <V> @Nullable Patch<V> optional(String field, @Nullable V given) {
        return body.has(field) ? new Patch<>(given) : null;
    }

    /// A place; its coordinates are changed or removed together.
    ///
    /// @throws Problem when it was named to be removed, or one coordinate without the other
    public @Nullable LocalPatch place(String field, @Nullable Place given) {
        required(field, given);
        if (given == null) {
            return null;
        }
        var named = new MergePatch<>(given, (ObjectNode) body.get(field));
        var latitude = named.optional("latitude", given.latitude);
        var longitude = named.optional("longitude", given.longitude);
        if ((latitude == null) != (longitude == null) || (given.latitude == null) != (given.longitude == null)) {
            throw Problem.invalid(field + ".longitude", "latitude e longitude mudam juntas");
        }
        return new LocalPatch(named.required("name", given.name), latitude, longitude);
    }

    /// Free strings, key by key.
    public @Nullable MetadataPatch metadata(String field, @Nullable Map<String, @Nullable String> given) {
        return body.has(field) ? new MetadataPatch(given) : null;
    }
}
