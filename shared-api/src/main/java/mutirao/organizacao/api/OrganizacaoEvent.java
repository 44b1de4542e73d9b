package mutirao.organizacao.api;

import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.integracao.api.Interno;

/// What happened to an organization.
@Interno("whom an installation serves is nobody else's")
public sealed interface OrganizacaoEvent extends DomainEvent {
    @Override
    OrganizacaoId id();

    @EventType("organizacao.OrganizacaoCriada")
    record OrganizacaoCriada(OrganizacaoId id, String name) implements OrganizacaoEvent {}

    /// How it is called from now on.
    @EventType("organizacao.OrganizacaoRenomeada")
    record OrganizacaoRenomeada(OrganizacaoId id, String name) implements OrganizacaoEvent {}
}
