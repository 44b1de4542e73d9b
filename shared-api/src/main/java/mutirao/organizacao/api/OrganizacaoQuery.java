package mutirao.organizacao.api;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Query;

/// What can be asked about organizations. All of it reads across them, and shows nothing but what they are called.
public sealed interface OrganizacaoQuery<R> extends Query<R> {
    record ListarOrganizacoes(PageRequest page) implements OrganizacaoQuery<Page<OrganizacaoResumo>> {}

    /// @param ids of organizations that the asker belongs to
    record BuscarNomes(Set<UUID> ids) implements OrganizacaoQuery<Nomes> {}

    /// @param byId those that have a name
    record Nomes(Map<UUID, String> byId) {}
}
