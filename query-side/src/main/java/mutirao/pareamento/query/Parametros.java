package mutirao.pareamento.query;

/// What a matching can be tuned by, complete.
///
/// @param radiusKm how far goods are carried; offers beyond it are no match
record Parametros(double radiusKm, Pesos weights) {
    static final double RADIUS_KM = 50;
    static final double LARGEST_RADIUS_KM = 20_040;
    static final Parametros PADRAO = new Parametros(RADIUS_KM, Pesos.PADRAO);

    /// How much each term counts, in proportion to their sum. None is negative, at least one is positive.
    record Pesos(double distance, double urgency, double expiry, double due, double coverage) {
        static final Pesos PADRAO = new Pesos(4, 3, 2, 1, 2);

        double sum() {
            return distance + urgency + expiry + due + coverage;
        }
    }
}
