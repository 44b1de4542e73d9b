package mutirao.integracao.command;

/// A neighbour's wish that was not granted.
///
/// @param message the wish's own id
/// @param rule    that refused it, as the API names it
record Recusa(String message, String rule) {
    /// Where refusals go.
    static final String TOPIC = "mutirao.respostas";
}
