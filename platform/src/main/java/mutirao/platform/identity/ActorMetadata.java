package mutirao.platform.identity;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How an [Actor] travels in the metadata of commands and queries: the one place that writes and reads it.
public final class ActorMetadata {
    /// The key of the user's id.
    public static final String USER = "userId";

    /// The key of the organization's id.
    public static final String ORGANIZATION = "organizationId";

    private static final String ROLES = "roles";
    private static final String SYSTEM = "SYSTEM"; // among the roles, none of which has this name

    private ActorMetadata() {}

    /// What a message carries of its sender.
    public static Map<String, String> of(Actor actor) {
        return Map.of(
                USER,
                actor.userId().toString(),
                ORGANIZATION,
                actor.organizationId().toString(),
                ROLES,
                actor.system() ? SYSTEM : actor.roles().stream().map(Role::name).collect(joining(",")));
    }

    /// Who sent what carries this.
    ///
    /// @throws IllegalArgumentException when it does not say
    public static Actor actor(Map<String, ?> metadata) {
        var roles = String.valueOf(metadata.get(ROLES));
        return new Actor(
                UUID.fromString(String.valueOf(metadata.get(USER))),
                organization(metadata),
                Role.named(Arrays.asList(roles.split(","))),
                roles.equals(SYSTEM));
    }

    /// Who sent what carries this; empty when nobody did who has logged in.
    public static Optional<Actor> find(Map<String, ?> metadata) {
        return metadata.containsKey(USER) ? Optional.of(actor(metadata)) : Optional.empty();
    }

    /// For which organization it was sent.
    ///
    /// @throws IllegalArgumentException when it does not say
    public static UUID organization(Map<String, ?> metadata) {
        return UUID.fromString(String.valueOf(metadata.get(ORGANIZATION)));
    }
}
