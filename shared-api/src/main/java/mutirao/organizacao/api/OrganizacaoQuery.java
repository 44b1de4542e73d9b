package mutirao.organizacao.api;

import java.util.Set;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Query;

/// What can be asked about organizations. All of it reads across them, and shows nothing but what they are called.
public sealed interface OrganizacaoQuery<R> extends Query<R> {
    record ListarOrganizacoes(PageRequest page) implements OrganizacaoQuery<Page<OrganizacaoResumo>> {}

    /// Answered with those that have a name.
    ///
    /// @param ids of organizations that the asker belongs to, at most 200
    record BuscarOrganizacoes(Set<UUID> ids) implements OrganizacaoQuery<Page<OrganizacaoResumo>> {}
}
