package mutirao.organizacao.command;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import mutirao.api.Nome;
import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoCommand.RenomearOrganizacao;
import mutirao.organizacao.api.OrganizacaoEvent;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoCriada;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoRenomeada;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/// Whoever works together here: owns its people, its needs and everything else, itself included.
@Aggregate(type = "organizacao", snapshotTriggerDefinition = "everyHundredEvents")
class Organizacao {
    @AggregateIdentifier
    private OrganizacaoId id;

    private String name;

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Organizacao() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(CriarOrganizacao c, Actor actor) {
        actor.requireAny(Role.OPERADOR);
        apply(new OrganizacaoCriada(c.id(), Nome.visivel(c.name())));
    }

    @CommandHandler
    void handle(RenomearOrganizacao c, Actor actor) {
        actor.requireAny(Role.ADMIN, Role.OPERADOR);
        var novo = Nome.visivel(c.name());
        if (!novo.equals(name)) {
            apply(new OrganizacaoRenomeada(id, novo));
        }
    }

    @EventSourcingHandler
    void on(OrganizacaoEvent event) {
        switch (event) {
            case OrganizacaoCriada e -> {
                id = e.id();
                name = e.name();
            }
            case OrganizacaoRenomeada e -> name = e.name();
        }
    }
}
