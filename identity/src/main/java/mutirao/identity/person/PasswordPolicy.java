package mutirao.identity.person;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Which passwords are not taken: what somebody would soon guess counts, not which characters there are (NIST SP
/// 800-63B, 3.1.1.2). Guesses are zxcvbn's: tens of thousands of common passwords, names and words, turned round, with
/// digits for letters, dates and rows of keys. Thread-safe.
final class PasswordPolicy {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1000;

    /// Guessing takes time that grows faster than the length: what begins with so many characters is judged by them.
    private static final int JUDGED = 64;

    /// Of 0 to 4: at least 10^8 guesses.
    private static final int GOOD = 3;

    /// A shorter beginning of an e-mail is in too many words.
    private static final int TELLING = 4;

    private static final Zxcvbn GUESSER = new Zxcvbn();
    private static final List<String> WORDS = words();

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
        var name = login.substring(0, Math.max(0, login.indexOf('@')));
        if (plain.contains(login) || (name.length() >= TELLING && plain.contains(name))) {
            return Optional.of(Fault.LOGIN);
        }
        return score(password, login, name) < GOOD ? Optional.of(Fault.COMMON) : Optional.empty();
    }

    private static int score(String password, String login, String name) {
        var known = new ArrayList<>(List.of(login, name));
        known.addAll(WORDS);
        var judged = password.length() > JUDGED ? password.substring(0, JUDGED) : password;
        return GUESSER.measure(judged, known).getScore();
    }

    private static List<String> words() {
        var stream = Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream("/identity/senhas-daqui.txt"));
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
