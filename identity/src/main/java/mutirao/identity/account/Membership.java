package mutirao.identity.account;

import java.util.Set;
import java.util.UUID;
import mutirao.platform.identity.Role;

/// What somebody is in an organization.
///
/// @param account with which they log in
/// @param usuario as whom they act there, in no other organization
/// @param roles   may be empty
public record Membership(UUID account, UUID organization, UUID usuario, Set<Role> roles) {}
