package mutirao.integracao.command;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import mutirao.api.Actors;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.NotConfirmed;
import mutirao.platform.stream.DeadLetter;
import mutirao.platform.stream.NotNow;
import mutirao.platform.stream.OtherLetters;
import org.jspecify.annotations.Nullable;

/// The messaging library's dead letters, as the API shows them: of the source `mensagem:<group>`.
final class MensagensMortas implements OtherLetters {
    private static final String SOURCE = "mensagem:";

    private final DeadLetters letters;

    MensagensMortas(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public boolean has(String source) {
        return source.startsWith(SOURCE);
    }

    @Override
    public List<Other> list(@Nullable String source, @Nullable String type, @Nullable String after, int limit) {
        return letters
                .list(source == null ? null : group(source), type, after == null ? null : place(after), limit)
                .stream()
                .map(MensagensMortas::shown)
                .toList();
    }

    private static String group(String source) {
        return source.substring(SOURCE.length());
    }

    private static DeadLetters.Place place(String text) {
        try {
            var parts = text.split("_", 2);
            return new DeadLetters.Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Other shown(mutirao.messaging.DeadLetter letter) {
        var message = letter.message();
        return new Other(
                new DeadLetter(
                        letter.id(),
                        SOURCE + letter.group(),
                        requireNonNullElse(message.key(), message.id()),
                        DeadLetter.Kind.MESSAGE,
                        message.name(),
                        null,
                        letter.cause(),
                        letter.attempts(),
                        letter.firstAt(),
                        letter.lastAt()),
                organization(message.extensions().get("organizationid")),
                message.data(),
                letter.firstAt() + "_" + letter.id());
    }

    private static UUID organization(@Nullable String text) {
        try {
            return text == null ? Actors.ORGANIZATION : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return Actors.ORGANIZATION;
        }
    }

    @Override
    public Optional<Other> find(UUID id) {
        return letters.find(id).map(MensagensMortas::shown);
    }

    @Override
    public long count(String source) {
        return letters.count(group(source));
    }

    @Override
    public boolean retry(UUID id, @Nullable String payload) {
        return confirmed(() -> payload == null ? letters.retry(id) : letters.resend(id, payload));
    }

    private static boolean confirmed(BooleanSupplier sent) {
        try {
            return sent.getAsBoolean();
        } catch (NotConfirmed e) {
            throw new NotNow("the broker does not confirm", e);
        }
    }

    @Override
    public boolean discard(UUID id) {
        return letters.discard(id);
    }
}
