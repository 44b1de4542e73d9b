package mutirao.vizinho;

/// What the library must not know.
public final class Vizinho {}
