package mutirao.identity.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import mutirao.api.Actors;
import mutirao.platform.identity.Role;
import mutirao.platform.start.StartFailure;

/// A client that the operator wants to be there: one entry of `MUTIRAO_BOOTSTRAP_CLIENT`,
/// `<id>:<secret>:<ROLE,ROLE>[:<organizationId>]`, several separated by `;`.
///
/// @param id     if it is a UUID, the client acts as that person
/// @param secret in clear
public record BootstrapClient(String id, String secret, Set<Role> roles, UUID organization) {
    private static final String VARIABLE = "MUTIRAO_BOOTSTRAP_CLIENT";
    private static final String FORM =
            "It is <id>:<secret>:<ROLE,ROLE>[:<organizationId>], several separated by `;`, with"
                    + " neither `:` nor `;` in id and secret. Roles: " + Arrays.toString(Role.values()) + ".";
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    /// What the variable says.
    ///
    /// @param text may be empty
    /// @throws StartFailure that names the entry by its number and quotes nothing, since it may be part of a secret
    public static List<BootstrapClient> parse(String text) {
        var clients = new ArrayList<BootstrapClient>();
        var ids = new HashSet<String>();
        for (var entry : text.split(";", -1)) {
            if (!entry.isBlank()) {
                var number = clients.size() + 1;
                var client = entry(entry.strip().split(":", -1), number);
                require(ids.add(client.id()), number, "has the id of an earlier one");
                require(!client.id().equals(Clients.DOCS), number, "has the id of a client that is always there");
                clients.add(client);
            }
        }
        return clients;
    }

    private static BootstrapClient entry(String[] parts, int number) {
        require(parts.length == 3 || parts.length == 4, number, "does not have three or four parts");
        require(VISIBLE.matcher(parts[0]).matches(), number, "has no id of visible ASCII characters");
        require(VISIBLE.matcher(parts[1]).matches(), number, "has no secret of visible ASCII characters");
        return new BootstrapClient(
                parts[0],
                parts[1],
                roles(parts[2], number),
                parts.length == 4 ? organization(parts[3], number) : Actors.ORGANIZATION);
    }

    private static Set<Role> roles(String names, int number) {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : names.split(",", -1)) {
            try {
                roles.add(Role.valueOf(name.strip()));
            } catch (IllegalArgumentException _) {
                throw failure(number, "names a role that there is not");
            }
        }
        return roles;
    }

    private static UUID organization(String id, int number) {
        try {
            return UUID.fromString(id.strip());
        } catch (IllegalArgumentException _) {
            throw failure(number, "has an organization that is not a UUID");
        }
    }

    private static void require(boolean holds, int number, String otherwise) {
        if (!holds) {
            throw failure(number, otherwise);
        }
    }

    private static StartFailure failure(int number, String what) {
        return new StartFailure("Entry %d of %s %s.".formatted(number, VARIABLE, what), FORM);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return id;
    }
}
