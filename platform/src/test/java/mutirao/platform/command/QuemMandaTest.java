package mutirao.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.eventstore.Engine;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.ActorMetadata;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.identity.Role;
import mutirao.platform.test.Elenco;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/// What becomes of a command whose sender may not send it, between the aggregate and whoever waits.
class QuemMandaTest {
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID OUTRA_ORGANIZACAO = UUID.fromString("99999999-9999-4999-8999-999999999999");
    private static final Coisa COISA = Coisa.nova();

    private final LocalSegment bus = new LocalSegment(SimpleCommandBus.builder(), new CommandGate(1));
    private final Commands commands =
            new Commands(DefaultCommandGateway.builder().commandBus(bus).build());
    private Optional<UUID> dona = Optional.empty();

    @BeforeEach
    void so_a_coordenacao_manda() {
        var beans = new StaticListableBeanFactory();
        beans.addBean("log", new RegistroVazio() {
            @Override
            public Optional<UUID> organizationOf(String aggregateId) {
                return dona;
            }
        });
        var engine = beans.getBeanProvider(Engine.class);
        var idempotency = new Idempotency(JdbcClient.create(new DriverManagerDataSource()), new JsonMapper(), engine);
        bus.registerHandlerInterceptor(new ReceiptInterceptor(
                idempotency, beans.getBeanProvider(EventStore.class), beans.getBeanProvider(EventLog.class), engine));
        bus.subscribe(Coisa.class.getName(), message -> {
            ActorMetadata.actor(message.getMetaData()).requireCoordination();
            throw new CommandExecutionException("allowed", null);
        });
    }

    @Test
    void a_recusa_chega_a_quem_espera() {
        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> commands.send(COISA, Elenco.pessoa(RAFA, Role.VOLUNTARIO)));
        assertThatExceptionOfType(CommandExecutionException.class)
                .isThrownBy(() -> commands.send(COISA, Elenco.pessoa(RAFA, Role.COORDENADOR)))
                .withMessage("allowed");
    }

    @Test
    void o_que_e_de_outra_organizacao_e_como_se_nao_existisse() {
        dona = Optional.of(OUTRA_ORGANIZACAO);

        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> commands.send(COISA, Elenco.pessoa(RAFA, Role.COORDENADOR)));
    }

    @Test
    void a_mensagem_leva_quem_a_mandou() {
        for (var sender :
                List.of(Elenco.pessoa(RAFA), Elenco.pessoa(RAFA, Role.ADMIN, Role.OPERADOR), Elenco.sistema())) {
            assertThat(ActorMetadata.actor(sender.metadata())).isEqualTo(sender.actor());
        }
    }

    /// A person who has a role of that name is no system.
    @Test
    void ninguem_se_faz_passar_pelo_sistema() {
        var metadata = Elenco.pessoa(RAFA).metadata();
        metadata.put("roles", "SYSTEM,COORDENADOR");

        assertThat(ActorMetadata.actor(metadata))
                .isEqualTo(Actor.caller(RAFA, Actors.ORGANIZATION, Set.of(Role.COORDENADOR)));
    }
}
