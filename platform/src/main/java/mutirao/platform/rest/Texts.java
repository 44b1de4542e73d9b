package mutirao.platform.rest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// What no text or time in a body may be: `jsonb` cannot hold U+0000, UTF-8 no half surrogate pair, `timestamptz` only
/// microseconds and some years.
final class Texts extends SimpleModule {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    Texts() {
        addDeserializer(String.class, new TextDeserializer());
        addKeyDeserializer(String.class, new KeyText());
        addDeserializer(Instant.class, new TimeDeserializer());
    }

    /// Whether a text can be stored.
    static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)
                    && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    private static final class TextDeserializer extends StdScalarDeserializer<String> {
        TextDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != tools.jackson.core.JsonToken.VALUE_STRING) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            var text = parser.getString();
            if (!storable(text)) {
                return (String) context.handleWeirdStringValue(String.class, "", "contém um caractere proibido");
            }
            return text;
        }
    }

    private static final class KeyText extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return storable(key)
                    ? key
                    : context.handleWeirdKey(String.class, "", "contém um caractere proibido");
        }
    }

    private static final class TimeDeserializer extends ValueDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            var time = InstantDeserializer.INSTANT.deserialize(parser, context);
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                return (Instant) context.handleWeirdStringValue(Instant.class, "", "fora do calendário");
            }
            return time.truncatedTo(ChronoUnit.MICROS);
        }
    }
}
