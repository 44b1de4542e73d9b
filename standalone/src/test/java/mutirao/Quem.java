package mutirao;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Role;

/// Who asks something of the API in a test.
public record Quem(UUID id, UUID organizacao, Set<Role> papeis) {
    /// May do everything in the default organization.
    public static final Quem TODOS = new Quem(
            UUID.fromString("00000000-0000-0000-0000-0000000000de"), Actors.ORGANIZATION, EnumSet.allOf(Role.class));

    /// Another person, who is the same.
    public Quem com(UUID outro) {
        return new Quem(outro, organizacao, papeis);
    }

    /// The same person, who is only this.
    public Quem com(Role... so) {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(Arrays.asList(so));
        return new Quem(id, organizacao, roles);
    }

    /// The same person, acting for another organization.
    public Quem em(UUID outra) {
        return new Quem(id, outra, papeis);
    }
}
