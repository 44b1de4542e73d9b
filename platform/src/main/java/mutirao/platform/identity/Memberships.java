package mutirao.platform.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which organizations a person can act for. Whatever issues the tokens knows; without it an actor's own token is all
/// there is.
public interface Memberships {
    /// Those that the person behind a user id belongs to, the one of the id included; empty when nobody logs in as it.
    List<Membership> of(UUID userId);

    /// Whether the person or client of a user id acts for an organization; empty when it is nobody's.
    Optional<Boolean> acts(UUID userId, UUID organization);

    /// What somebody is in an organization.
    record Membership(UUID organizationId, Set<Role> roles) {}
}
