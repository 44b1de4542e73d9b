package mutirao.platform.identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/// Who acts, for which organization, as what. On a request's thread it is [#current]; a command handler asks
/// for it as a parameter and gets the sender of its command.
///
/// @param userId a person, a client or a named system user
/// @param roles  in that organization; none for a system user
/// @param system whether it is a saga, a deadline, a job or a consumer, which go on with what somebody was allowed to
///               begin
public record Actor(UUID userId, UUID organizationId, Set<Role> roles, boolean system) {
    private static final ScopedValue<Actor> CURRENT = ScopedValue.newInstance();

    /// @param roles is copied
    public Actor {
        roles = Set.copyOf(roles);
    }

    /// A person or a client, whose token says this.
    public static Actor caller(UUID userId, UUID organizationId, Set<Role> roles) {
        return new Actor(userId, organizationId, roles, false);
    }

    /// Whose request this thread is answering.
    ///
    /// @throws IllegalStateException when it is answering nobody's
    public static Actor current() {
        return find().orElseThrow(() -> new IllegalStateException("nobody acts here"));
    }

    /// Whose request this thread is answering; empty for nobody's.
    public static Optional<Actor> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// The same one, acting for another organization: there, only what holds in every organization is left of the
    /// roles.
    public Actor in(UUID organization) {
        if (organization.equals(organizationId)) {
            return this;
        }
        return new Actor(userId, organization, is(Role.OPERADOR) ? Set.of(Role.OPERADOR) : Set.of(), system);
    }

    /// Does something on this actor's behalf.
    public <T> T does(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /// Whether it is at least one of these.
    public boolean is(Role... any) {
        return Arrays.stream(any).anyMatch(roles::contains);
    }

    /// Whether it runs things in its organization, for others too.
    public boolean coordinates() {
        return is(Role.COORDENADOR, Role.ADMIN);
    }

    /// Whether somebody, perhaps itself, is known to act in its organization.
    public boolean actsWith(UUID other, Directory directory) {
        return userId.equals(other) || directory.of(other, organizationId) == Directory.Standing.HERE;
    }

    /// Whether somebody is known not to act in its organization.
    public boolean cannotActWith(UUID other, Directory directory) {
        return !userId.equals(other) && directory.of(other, organizationId) == Directory.Standing.NOT_HERE;
    }

    /// Whether it may change what is that person's: they themselves, one of the roles given, or the system.
    public boolean may(UUID owner, Role... or) {
        return system || userId.equals(owner) || is(or);
    }

    /// @throws Forbidden unless it [#may]
    public void require(UUID owner, Role... or) {
        require(may(owner, or));
    }

    /// @throws Forbidden unless it is at least one of these, or the system
    public void requireAny(Role... any) {
        require(system || is(any));
    }

    /// @throws Forbidden unless it is one of these people, [#coordinates] or is the system
    public void requireCoordinationOr(UUID... people) {
        require(system || coordinates() || Arrays.asList(people).contains(userId));
    }

    /// @throws Forbidden unless it [#coordinates] or is the system
    public void requireCoordination() {
        requireCoordinationOr();
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new Forbidden();
        }
    }
}
