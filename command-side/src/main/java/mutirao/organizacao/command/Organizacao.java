package mutirao.organizacao.command;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoCriada;
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
    @SuppressWarnings("unused") // Axon reads it
    private OrganizacaoId id;

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Organizacao() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(CriarOrganizacao c, Actor actor) {
        actor.requireAny(Role.OPERADOR);
        apply(new OrganizacaoCriada(c.id(), c.name()));
    }

    @EventSourcingHandler
    void on(OrganizacaoCriada event) {
        id = event.id();
    }
}
