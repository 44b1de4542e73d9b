package mutirao.api;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
        @DecimalMin("-180") @DecimalMax("180") @Nullable Double longitude) {
    private static final int DECIMALS = 2;

    /// As it is recorded: of the name what can be seen.
    public Local visivel() {
        return new Local(Nome.visivel(name), latitude, longitude);
    }

    /// The place as it is told to who need not know it: latitude and longitude to 0.01 degrees, about 1.1 km, and an
    /// empty name, since people write addresses there. No name that was given is empty.
    public Local aproximado() {
        return new Local("", aproximado(latitude), aproximado(longitude));
    }

    /// A latitude or longitude to 0.01 degrees; null for null.
    public static @Nullable Double aproximado(@Nullable Double degrees) {
        return degrees == null
                ? null
                : Double.valueOf(BigDecimal.valueOf(degrees)
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .doubleValue());
    }
}
