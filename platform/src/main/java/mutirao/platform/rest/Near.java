package mutirao.platform.rest;

import mutirao.api.Perto;
import org.jspecify.annotations.Nullable;

/// Reads `near=lat,lon` and `radiusKm`.
public final class Near {
    private static final double DEFAULT_KM = 10;
    private static final double HALF_WAY_ROUND_KM = 20_040;

    private Near() {}

    /// The circle that two parameters name; null when neither is given.
    ///
    /// @param radiusKm 10 km where it is not given
    /// @throws Problem when they are not a place on Earth and a positive radius
    public static @Nullable Perto circle(@Nullable String near, @Nullable Double radiusKm) {
        if (near == null) {
            if (radiusKm != null) {
                throw Problem.invalid("near", "falta: radiusKm só vale com near=latitude,longitude");
            }
            return null;
        }
        var radius = radiusKm == null ? DEFAULT_KM : radiusKm;
        if (!(radius > 0 && radius <= HALF_WAY_ROUND_KM)) {
            throw Problem.invalid("radiusKm", "acima de 0 até 20040");
        }
        var parts = near.split(",", -1);
        if (parts.length != 2) {
            throw Problem.invalid("near", "deve ser latitude,longitude");
        }
        return new Perto(degrees(parts[0], 90), degrees(parts[1], 180), radius);
    }

    private static double degrees(String text, double limit) {
        try {
            var degrees = Double.parseDouble(text.strip());
            if (Math.abs(degrees) <= limit) {
                return degrees;
            }
        } catch (NumberFormatException _) {
            throw Problem.invalid("near", "deve ser latitude,longitude em graus");
        }
        throw Problem.invalid("near", "fora da Terra");
    }
}
