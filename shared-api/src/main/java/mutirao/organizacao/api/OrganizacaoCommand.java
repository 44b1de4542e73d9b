package mutirao.organizacao.api;

import mutirao.api.DomainCommand;

/// What can be asked of an organization.
public sealed interface OrganizacaoCommand extends DomainCommand {
    @Override
    OrganizacaoId id();

    /// Sent on behalf of the organization itself, so that it is its own.
    record CriarOrganizacao(OrganizacaoId id, String name) implements OrganizacaoCommand {}

    record RenomearOrganizacao(OrganizacaoId id, String name) implements OrganizacaoCommand {}
}
