package mutirao.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.platform.command.Coisa.CoisaId;
import mutirao.platform.command.Motor.Vez;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.Engine;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Position;
import mutirao.platform.eventstore.Positions;
import mutirao.platform.identity.Role;
import mutirao.platform.stream.NotNow;
import mutirao.platform.test.Elenco;
import mutirao.platform.test.TestDatabase;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A key takes effect once, also where the events are committed by an engine of their own that stops in the middle.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotorQueParaTest {
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID PARTE = UUID.fromString("33333333-3333-4333-8333-333333333333");

    private final Motor motor = new Motor();
    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final LocalSegment segment = new LocalSegment(
            SimpleCommandBus.builder()
                    .transactionManager(new BeforeTheEngine(
                            new SpringTransactionManager(new DataSourceTransactionManager(database)))),
            new CommandGate(2));
    private ScheduledExecutorService retries;
    private Idempotency idempotency;
    private Commands commands;
    private CoisaId id;
    private Sender.Once chave;

    record Abrir(CoisaId id) implements DomainCommand {}

    record Somar(CoisaId id) implements DomainCommand {}

    record SomarSoUmaVez(CoisaId id) implements DomainCommand {}

    record Anotar(CoisaId id, @Nullable String regra) implements DomainCommand {}

    record Olhar(CoisaId id) implements DomainCommand {}

    record Mudou(CoisaId id) {}

    static class Contador {
        @AggregateIdentifier
        private CoisaId id;

        private int soma;

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.ALWAYS)
        void handle(Abrir c) {
            AggregateLifecycle.apply(new Mudou(c.id));
        }

        @CommandHandler
        Outcome handle(Somar c) {
            AggregateLifecycle.apply(new Mudou(id));
            return Outcome.part(PARTE);
        }

        @CommandHandler
        void handle(Anotar c, JdbcClient db) {
            db.sql("insert into follower (name) values (?)").param(id.stored()).update();
            if (c.regra != null) {
                throw new RuleViolation(c.regra);
            }
            AggregateLifecycle.apply(new Mudou(id));
        }

        @CommandHandler
        void handle(SomarSoUmaVez c) {
            if (soma > 0) {
                throw new RuleViolation("JA_SOMADO");
            }
            AggregateLifecycle.apply(new Mudou(id));
        }

        @CommandHandler
        void handle(Olhar c) {}

        @EventSourcingHandler
        void on(Mudou e) {
            soma = id == null ? 0 : soma + 1;
            id = e.id;
        }
    }

    @BeforeAll
    void um_motor_ao_lado_do_banco() {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        retries = Executors.newSingleThreadScheduledExecutor();
        var config = new CommandConfig();
        var axon = DefaultConfigurer.defaultConfiguration(false)
                .configureEmbeddedEventStore(_ -> motor)
                .configureCommandBus(_ -> segment)
                .configureAggregate(Contador.class)
                .registerComponent(JdbcClient.class, _ -> JdbcClient.create(database))
                .start();
        Positions.follow(axon.eventStore());

        var beans = new StaticListableBeanFactory();
        beans.addBean("store", axon.eventStore());
        beans.addBean("log", new RegistroVazio() {
            @Override
            public long horizon() {
                return motor.horizon();
            }
        });
        beans.addBean("engine", motor);
        var engine = beans.getBeanProvider(Engine.class);
        idempotency = new Idempotency(JdbcClient.create(database), AxonJson.mapper(), engine);
        segment.registerHandlerInterceptor(new CorrelationDataInterceptor<>(config.sender()));
        segment.registerHandlerInterceptor(new ReceiptInterceptor(
                idempotency, beans.getBeanProvider(EventStore.class), beans.getBeanProvider(EventLog.class), engine));
        commands = new Commands(config.commandGateway(segment, retries));
    }

    @AfterAll
    void fim() {
        retries.shutdownNow();
    }

    @BeforeEach
    void um_contador_e_uma_chave_novos() {
        motor.agora(Vez.RESPONDE);
        id = new CoisaId(UUID.randomUUID());
        commands.send(new Abrir(id), Elenco.pessoa(RAFA));
        chave = new Sender.Once(UUID.randomUUID().toString(), "corpo");
    }

    private Receipt manda(DomainCommand command) {
        var sender = Elenco.pessoa(RAFA, Role.COORDENADOR);
        return commands.send(
                command,
                new Sender(sender.actor(), sender.correlationId(), sender.causationId(), sender.source(), chave, null));
    }

    private void cala(Vez vez, DomainCommand command) {
        motor.agora(vez);
        assertThatExceptionOfType(NotNow.class).isThrownBy(() -> manda(command));
        motor.agora(Vez.RESPONDE);
    }

    private long eventos() {
        return motor.lastSequenceNumberFor(id.stored()).orElse(-1L) + 1;
    }

    @Test
    void a_posicao_e_a_do_proprio_evento_e_a_repeticao_diz_o_mesmo() {
        var first = manda(new Somar(id));

        assertThat(first).isEqualTo(new Receipt(PARTE, 1, new Position(motor.horizon()), null));
        commands.send(new Somar(id), Elenco.pessoa(RAFA));
        assertThat(manda(new Somar(id))).isEqualTo(first);
        assertThat(idempotency.answer(RAFA, chave)).contains(first);
        assertThat(eventos()).isEqualTo(3);
    }

    @Test
    void guardado_sem_resposta_nao_se_repete() {
        cala(Vez.GUARDA_E_CALA, new Somar(id));

        var answered = new Receipt(PARTE, 1, new Position(motor.horizon()), null);
        assertThat(idempotency.answer(RAFA, chave)).contains(answered);
        assertThat(manda(new Somar(id))).isEqualTo(answered);
        assertThat(eventos()).isEqualTo(2);
    }

    @Test
    void o_que_nao_chegou_e_feito_quando_se_repete() {
        cala(Vez.PERDE, new Somar(id));

        assertThat(idempotency.answer(RAFA, chave)).isEmpty();
        assertThat(manda(new Somar(id)).version()).isEqualTo(1);
        assertThat(manda(new Somar(id)).version()).isEqualTo(1);
        assertThat(eventos()).isEqualTo(2);
    }

    @Test
    void o_que_chega_depois_da_repeticao_nao_vale_mais() {
        cala(Vez.CONGELA, new Somar(id));

        assertThat(manda(new Somar(id)).version()).isEqualTo(1);
        assertThat(motor.degela()).isFalse();
        assertThat(eventos()).isEqualTo(2);
    }

    @Test
    void o_que_chega_enquanto_se_repete_e_a_resposta() {
        cala(Vez.CONGELA, new Somar(id));
        motor.antesDeLer(() -> assertThat(motor.degela()).isTrue());

        assertThat(manda(new Somar(id))).isEqualTo(new Receipt(PARTE, 1, new Position(motor.horizon()), null));
        assertThat(eventos()).isEqualTo(2);
    }

    @Test
    void a_regra_que_o_proprio_efeito_quebra_nao_e_a_resposta() {
        cala(Vez.CONGELA, new SomarSoUmaVez(id));
        motor.antesDeLer(() -> assertThat(motor.degela()).isTrue());

        assertThat(manda(new SomarSoUmaVez(id)).version()).isEqualTo(1);
        assertThat(eventos()).isEqualTo(2);
    }

    @Test
    void o_que_se_cria_e_criado_uma_vez() {
        id = new CoisaId(UUID.randomUUID());
        cala(Vez.CONGELA, new Abrir(id));
        assertThat(manda(new Abrir(id)).version()).isZero();
        assertThat(motor.degela()).isFalse();

        id = new CoisaId(UUID.randomUUID());
        chave = new Sender.Once("outra", "corpo");
        cala(Vez.GUARDA_E_CALA, new Abrir(id));
        assertThat(manda(new Abrir(id)).version()).isZero();
        assertThat(eventos()).isOne();
    }

    @Test
    void o_que_nao_muda_nada_tambem_se_responde_igual() {
        var first = manda(new Olhar(id));
        commands.send(new Somar(id), Elenco.pessoa(RAFA));

        assertThat(manda(new Olhar(id))).isEqualTo(first);
        assertThat(eventos()).isEqualTo(2);
    }

    /// An e-mail that is taken, for instance.
    @Test
    void o_que_o_comando_escreve_no_banco_cai_com_a_regra_e_fica_com_o_motor() {
        assertThatExceptionOfType(RuleViolation.class).isThrownBy(() -> manda(new Anotar(id, "REGRA")));
        assertThat(anotados()).isZero();

        cala(Vez.GUARDA_E_CALA, new Anotar(id, null));
        assertThat(anotados()).isOne();
        assertThat(manda(new Anotar(id, null)).version()).isEqualTo(1);
    }

    private int anotados() {
        return JdbcClient.create(database)
                .sql("select count(*) from follower where name = ?")
                .param(id.stored())
                .query(Integer.class)
                .single();
    }

    @Test
    void com_outro_corpo_a_chave_e_recusada() {
        cala(Vez.PERDE, new Somar(id));
        chave = new Sender.Once(chave.key(), "outro corpo");

        assertThatExceptionOfType(IdempotencyConflict.class).isThrownBy(() -> manda(new Somar(id)));
    }
}
