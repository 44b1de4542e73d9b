package mutirao.messaging.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mutirao.messaging.DeadLetter;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.internal.Transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.JsonNode;

/// Carries messages that could not be handled to their group's dead-letter topic, and from there back to the group.
/// What is known of a death travels as extensions of the CloudEvent.
final class Undertaker {
    private static final int LONGEST_CAUSE = 1000;
    private static final String TOPIC = "dltopic";
    private static final String CAUSE = "dlcause";
    private static final String EXCEPTION = "dlexception";
    private static final String STACK = "dlstack";
    private static final String ATTEMPTS = "dlattempts";
    private static final String FIRST = "dlfirst";
    private static final String LAST = "dllast";

    private final Codec codec;
    private final Outbox outbox;

    Undertaker(Codec codec, Outbox outbox) {
        this.codec = codec;
        this.outbox = outbox;
    }

    /// Where what a group could not handle goes.
    static String deadTopic(String group) {
        return group + ".dead";
    }

    /// Where what one group, and no other, is to try again goes.
    static String retryTopic(String group) {
        return group + ".retry";
    }

    /// A message that will not be handled.
    ///
    /// @param body its data as it came
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    record Death(
            String group,
            Message<?> message,
            byte[] body,
            String cause,
            @Nullable String exception,
            @Nullable String stackHash,
            int attempts,
            Instant firstAt,
            Instant lastAt) {}

    /// @param failures in this life; those of earlier ones are added
    Death death(String group, Message<JsonNode> message, Throwable cause, int failures, Instant first, Instant last) {
        var before = Integer.parseInt(message.extensions().getOrDefault(ATTEMPTS, "0"));
        var began = message.extensions().get(FIRST);
        return new Death(
                group,
                message,
                codec.json().writeValueAsBytes(message.data()),
                describe(cause),
                cause.getClass().getName(),
                stackHash(cause),
                before + failures,
                began == null ? first : Instant.parse(began),
                last);
    }

    /// The death of what is no message at all.
    Death unreadable(String group, Delivery delivery, Codec.Unreadable why, Instant now) {
        var wire = delivery.message();
        var attributes = wire.attributes();
        var message = new Message<>(
                wire.topic(),
                attributes.getOrDefault("id", delivery.place()),
                attributes.getOrDefault("type", wire.topic()),
                wire.key(),
                "",
                now,
                attributes.getOrDefault("source", "unknown"),
                attributes.get("correlationid"),
                Map.of());
        return new Death(
                group, message, wire.body(), describe(why), why.getClass().getName(), null, 1, now, now);
    }

    /// Sends it to the dead-letter topic.
    ///
    /// @throws NotConfirmed when it may not be there
    void bury(Death death) {
        var extensions = new HashMap<>(death.message().extensions());
        extensions.put(TOPIC, death.message().topic());
        extensions.put(CAUSE, death.cause());
        extensions.put(ATTEMPTS, Integer.toString(death.attempts()));
        extensions.put(FIRST, death.firstAt().toString());
        extensions.put(LAST, death.lastAt().toString());
        Optional.ofNullable(death.exception()).ifPresent(name -> extensions.put(EXCEPTION, name));
        Optional.ofNullable(death.stackHash()).ifPresent(hash -> extensions.put(STACK, hash));
        send(deadTopic(death.group()), death.message(), extensions, death.body());
    }

    private void send(String topic, Message<?> message, Map<String, String> extensions, byte[] body) {
        var moved = new Message<>(
                topic,
                message.id(),
                message.name(),
                message.key(),
                "",
                message.time(),
                message.source(),
                message.correlationId(),
                extensions);
        // By its topic: neighbours may make up any number of names.
        NotConfirmed.await(outbox.send(codec.cloudEvent(moved, body), topic));
    }

    /// The letter that a message on a dead-letter topic is.
    static DeadLetter letter(String group, Message<?> buried, byte[] body) {
        var told = buried.extensions();
        var last = Instant.parse(told.getOrDefault(LAST, buried.time().toString()));
        return new DeadLetter(
                UUID.nameUUIDFromBytes((group + "\0" + buried.id()).getBytes(StandardCharsets.UTF_8)),
                group,
                new Message<>(
                        told.getOrDefault(TOPIC, buried.topic()),
                        buried.id(),
                        buried.name(),
                        buried.key(),
                        new String(body, StandardCharsets.UTF_8),
                        buried.time(),
                        buried.source(),
                        buried.correlationId(),
                        living(told)),
                told.getOrDefault(CAUSE, "unknown"),
                told.get(EXCEPTION),
                told.get(STACK),
                Integer.parseInt(told.getOrDefault(ATTEMPTS, "1")),
                Instant.parse(told.getOrDefault(FIRST, last.toString())),
                last);
    }

    private static Map<String, String> living(Map<String, String> extensions) {
        return extensions.entrySet().stream()
                .filter(extension -> !extension.getKey().startsWith("dl"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Hands a letter to its group again.
    ///
    /// @param body in place of its own, under a new id; null for its own
    /// @throws NotConfirmed when it may not be there
    void raise(DeadLetter letter, @Nullable String body) {
        var extensions = new HashMap<>(letter.message().extensions());
        extensions.put(TOPIC, letter.message().topic());
        var message = letter.message();
        if (body != null) {
            message = new Message<>(
                    message.topic(),
                    UUID.randomUUID().toString(),
                    message.name(),
                    message.key(),
                    body,
                    message.time(),
                    message.source(),
                    message.correlationId(),
                    message.extensions());
        } else {
            extensions.put(ATTEMPTS, Integer.toString(letter.attempts()));
            extensions.put(FIRST, letter.firstAt().toString());
        }
        send(retryTopic(letter.group()), message, extensions, message.data().getBytes(StandardCharsets.UTF_8));
    }

    /// A message as its handler sees it: one that is tried again is where it was first.
    static Message<JsonNode> risen(String group, Message<JsonNode> message) {
        var topic = message.extensions().get(TOPIC);
        if (topic == null || !message.topic().equals(retryTopic(group))) {
            return message;
        }
        return new Message<>(
                topic,
                message.id(),
                message.name(),
                message.key(),
                message.data(),
                message.time(),
                message.source(),
                message.correlationId(),
                message.extensions());
    }

    private static String describe(Throwable cause) {
        var root = NestedExceptionUtils.getRootCause(cause);
        var text = (root == null ? cause.toString() : cause + " ← " + root).replace("\0", "");
        return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) : text;
    }

    /// Twelve hexadecimal digits of what was thrown where, without messages and line numbers.
    private static String stackHash(Throwable cause) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (@Nullable Throwable each = cause; each != null; each = each.getCause()) {
                digest.update(each.getClass().getName().getBytes(StandardCharsets.UTF_8));
                Arrays.stream(each.getStackTrace())
                        .filter(frame -> !frame.getClassName().startsWith("jdk.")
                                && !frame.getClassName().contains("$$"))
                        .limit(20)
                        .forEach(frame -> digest.update(
                                (frame.getClassName() + "." + frame.getMethodName()).getBytes(StandardCharsets.UTF_8)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
