package mutirao.api;

import org.jspecify.annotations.Nullable;

/// A merge-patch of a [Local]; fields that are null stay as they were.
///
/// @param latitude  given or removed together with `longitude`
/// @param longitude given or removed together with `latitude`
public record LocalPatch(
        @Nullable String name,
        @Nullable Patch<Double> latitude,
        @Nullable Patch<Double> longitude) {
    /// The place after the patch.
    public Local applyTo(Local before) {
        return new Local(
                name == null ? before.name() : Nome.visivel(name),
                Patch.apply(latitude, before.latitude()),
                Patch.apply(longitude, before.longitude()));
    }
}
