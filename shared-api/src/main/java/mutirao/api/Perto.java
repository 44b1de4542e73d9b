package mutirao.api;

/// A circle on the map.
///
/// @param latitude  degrees, −90 to 90
/// @param longitude degrees, −180 to 180
/// @param radiusKm  kilometres, above 0 to 20,040 (half the way round the Earth)
public record Perto(double latitude, double longitude, double radiusKm) {}
