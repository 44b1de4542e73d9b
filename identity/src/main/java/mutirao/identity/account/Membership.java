package mutirao.identity.account;

import java.util.Set;
import java.util.UUID;
import mutirao.platform.identity.Role;

/// What a person is in an organization.
///
/// @param roles may be empty
public record Membership(UUID person, UUID organization, Set<Role> roles) {}
