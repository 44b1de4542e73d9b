package mutirao.api;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A place.
///
/// @param name      what people call it
/// @param latitude  degrees, WGS 84, −90 to 90; null when unknown
/// @param longitude degrees, WGS 84, −180 to 180; null exactly when `latitude` is
@Coordenadas
public record Local(
        @NotNull @Visivel @Size(max = 300) String name,
        @DecimalMin("-90") @DecimalMax("90") @Nullable Double latitude,
        @DecimalMin("-180") @DecimalMax("180") @Nullable Double longitude) {}
