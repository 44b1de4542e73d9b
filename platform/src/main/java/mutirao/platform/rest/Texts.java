package mutirao.platform.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// What no text, number or time that comes in may be: `jsonb` cannot hold U+0000, UTF-8 no half surrogate pair, a
/// column no number beyond 64 bits, `timestamptz` only microseconds and some years. Bodies are read with it;
/// [ParameterFilter] and the conversion of parameters ask it.
public final class Texts extends SimpleModule {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    static final String FORBIDDEN = "contém um caractere proibido";

    Texts() {
        addDeserializer(String.class, new TextDeserializer());
        addKeyDeserializer(String.class, new KeyText());
        addDeserializer(long.class, new CountDeserializer());
        addDeserializer(Instant.class, new TimeDeserializer());
    }

    /// Whether a text can be stored.
    public static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /// The time, as it can be stored.
    ///
    /// @throws Unstorable when it is in a year that a column cannot hold, or people cannot mean
    static Instant storable(Instant time, @Nullable JsonParser parser) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new Unstorable(parser, "fora do calendário");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /// A time as it is written in a parameter: ISO 8601, with `Z` or an offset.
    ///
    /// @throws Unstorable             as [#storable(Instant, JsonParser)]
    /// @throws DateTimeParseException when it is no time
    static Instant instant(String text) {
        return storable(Instant.parse(text.strip()), null);
    }

    /// A value that is of the right kind but cannot be kept; its message is for people.
    static final class Unstorable extends MismatchedInputException {
        Unstorable(@Nullable JsonParser parser, String message) {
            super(parser, message);
        }
    }

    private static final class TextDeserializer extends StdScalarDeserializer<String> {
        TextDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            var text = parser.getString();
            if (!storable(text)) {
                throw new Unstorable(parser, FORBIDDEN);
            }
            return text;
        }
    }

    private static final class KeyText extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            if (!storable(key)) {
                throw new Unstorable(context.getParser(), FORBIDDEN);
            }
            return key;
        }
    }

    /// Jackson names no field when a number is too long for its type.
    private static final class CountDeserializer extends StdScalarDeserializer<Long> {
        CountDeserializer() {
            super(long.class);
        }

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                return (Long) context.handleUnexpectedToken(long.class, parser);
            }
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw new Unstorable(parser, "número grande demais");
            }
            return parser.getLongValue();
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            throw new Unstorable(context.getParser(), "é obrigatório");
        }
    }

    private static final class TimeDeserializer extends StdScalarDeserializer<Instant> {
        TimeDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            }
            return storable(InstantDeserializer.INSTANT.deserialize(parser, context), parser);
        }
    }
}
