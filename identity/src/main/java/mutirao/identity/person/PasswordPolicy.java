package mutirao.identity.person;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which passwords are not taken: length counts, not which characters (NIST SP 800-63B, 3.1.1.2).
final class PasswordPolicy {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1000;
    /// A shorter beginning of an e-mail is in too many words.
    private static final int TELLING = 4;

    private static final Set<String> COMMON = common();

    /// What is wrong with a password; the names are keys of the page's texts.
    enum Fault {
        SHORT,
        LONG,
        COMMON,
        LOGIN
    }

    private PasswordPolicy() {}

    /// What is wrong with it; empty for nothing.
    static Optional<Fault> fault(String password, String login) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of(Fault.SHORT);
        }
        if (password.length() > LONGEST) {
            return Optional.of(Fault.LONG);
        }
        var plain = password.toLowerCase(Locale.ROOT);
        if (COMMON.contains(plain) || plain.chars().distinct().count() < 3) {
            return Optional.of(Fault.COMMON);
        }
        var name = login.substring(0, Math.max(0, login.indexOf('@')));
        return plain.contains(login) || (name.length() >= TELLING && plain.contains(name))
                ? Optional.of(Fault.LOGIN)
                : Optional.empty();
    }

    private static Set<String> common() {
        var stream = Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream("/identity/senhas-comuns.txt"));
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
