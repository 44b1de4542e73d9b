package mutirao;

/// Gets tokens.
@FunctionalInterface
public interface Passes {
    /// A token that counts.
    String de(Quem quem);
}
