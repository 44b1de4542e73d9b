package mutirao.api;

/// A rule of the domain. Each aggregate has one enum of them; the constant's name is the API's error code.
public interface Rule {
    /// The stable error code, UPPER_SNAKE.
    String name();

    /// Refuses what breaks the rule.
    ///
    /// @throws RuleViolation when `holds` is false
    default void require(boolean holds) {
        if (!holds) {
            throw new RuleViolation(name());
        }
    }
}
