package mutirao.api;

/// A command was refused because it would break a rule; nothing was stored.
public final class RuleViolation extends RuntimeException {
    private final String code;

    /// @param code the broken rule, UPPER_SNAKE
    public RuleViolation(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    /// The broken rule's name.
    public String code() {
        return code;
    }
}
