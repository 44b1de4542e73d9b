package mutirao.ticket.command;

import static mutirao.platform.identity.Directory.Standing.HERE;
import static mutirao.platform.identity.Directory.Standing.NOT_HERE;
import static mutirao.platform.identity.Directory.Standing.UNKNOWN;
import static mutirao.platform.test.Elenco.*;
import static mutirao.ticket.api.Prioridade.ALTA;
import static mutirao.ticket.api.Prioridade.BAIXA;
import static mutirao.ticket.api.Prioridade.CRITICA;
import static mutirao.ticket.api.Prioridade.MEDIA;
import static mutirao.ticket.command.TicketRule.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.RuleViolation;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.identity.Directory;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.saga.Order;
import mutirao.platform.test.Elenco;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.Relacionado;
import mutirao.ticket.api.TicketCommand;
import mutirao.ticket.api.TicketCommand.AlterarPrioridade;
import mutirao.ticket.api.TicketCommand.AtrasarTicket;
import mutirao.ticket.api.TicketCommand.AtribuirTicket;
import mutirao.ticket.api.TicketCommand.ComentarTicket;
import mutirao.ticket.api.TicketCommand.CriarTicket;
import mutirao.ticket.api.TicketCommand.FecharTicket;
import mutirao.ticket.api.TicketCommand.ReabrirTicket;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.PrioridadeAlterada;
import mutirao.ticket.api.TicketEvent.TicketAtrasado;
import mutirao.ticket.api.TicketEvent.TicketAtribuido;
import mutirao.ticket.api.TicketEvent.TicketComentado;
import mutirao.ticket.api.TicketEvent.TicketCriado;
import mutirao.ticket.api.TicketEvent.TicketFechado;
import mutirao.ticket.api.TicketEvent.TicketReaberto;
import mutirao.ticket.api.TicketId;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TicketTest {
    private static final TicketId ID = new TicketId(UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7"));
    private static final UUID COORDENADORA = UUID.fromString("55555555-5555-4555-8555-555555555555");
    private static final UUID CRIADORA = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID DE_FORA = UUID.fromString("f0000000-0000-4000-8000-000000000000");
    private static final UUID BIA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final Relacionado ENTREGA =
            new Relacionado(Relacionado.Tipo.ENTREGA, UUID.fromString("44444444-4444-4444-8444-444444444444"));
    private static final Instant CRIACAO = Instant.parse("2026-03-02T10:00:00Z");
    private static final TicketPrazos PRAZOS = new TicketPrazos(Map.of(
            CRITICA, Duration.ofHours(4), ALTA, Duration.ofHours(8), MEDIA, Duration.ofHours(24), BAIXA, horas(72)));

    private final AggregateTestFixture<Ticket> fixture = new AggregateTestFixture<>(Ticket.class);

    @BeforeEach
    void registrar_recursos() {
        Elenco.coordenadaPor(COORDENADORA, fixture);
        InstantSource now = () -> GenericEventMessage.clock.instant();
        Assuntos assuntos = (about, organization) -> about.equals(ENTREGA) && organization.equals(Actors.ORGANIZATION);
        Directory directory =
                (id, _) -> id.equals(DE_FORA) ? NOT_HERE : Set.of(RAFA, BIA).contains(id) ? HERE : UNKNOWN;
        fixture.registerInjectableResources(now.withZone(ZoneOffset.UTC), PRAZOS, assuntos, directory);
    }

    @Test
    void quem_o_abriu_e_o_suporte_comentam_e_reabrem() {
        soPodem(this::emProgresso, new ComentarTicket(ID, "Oi", CRIADORA), SUPORTE, CRIADORA);
        soPodem(this::fechado, new ReabrirTicket(ID, "Fechou de novo"), SUPORTE, CRIADORA);
    }

    @Test
    void so_o_suporte_atribui_prioriza_e_fecha() {
        for (var command : List.of(
                new AtribuirTicket(ID, BIA), new AlterarPrioridade(ID, BAIXA), new FecharTicket(ID, "Chave trocada"))) {
            soPodem(this::emProgresso, command, SUPORTE);
            emProgresso()
                    .when(command, pessoa(CRIADORA).metadata())
                    .expectException(Forbidden.class)
                    .expectNoEvents();
        }
    }

    @Nested
    class Criar_ticket {
        @Test
        void nasce_aberto_com_prazo_da_prioridade() {
            nada().when(new CriarTicket(ID, "Sem chave", "O galpao fechou", "ACESSO", ALTA, CRIADORA, ENTREGA))
                    .expectEvents(new TicketCriado(
                            ID, "Sem chave", "O galpao fechou", "ACESSO", ALTA, CRIADORA, ENTREGA, depoisDe(8)));
        }

        @Test
        void nao_precisa_dizer_sobre_o_que_e() {
            nada().when(new CriarTicket(ID, "Sem chave", "O galpao fechou", "ACESSO", BAIXA, CRIADORA, null))
                    .expectEvents(new TicketCriado(
                            ID, "Sem chave", "O galpao fechou", "ACESSO", BAIXA, CRIADORA, null, depoisDe(72)));
        }

        @Test
        void recusa_o_que_trata_de_algo_que_nao_existe() {
            for (var about : Relacionado.Tipo.values()) {
                nada().when(new CriarTicket(
                                ID, "Sem chave", "x", "ACESSO", ALTA, CRIADORA, new Relacionado(about, DE_FORA)))
                        .expectException(RuleViolation.class)
                        .expectExceptionMessage("RELACIONADO_DESCONHECIDO")
                        .expectNoEvents();
            }
        }

        @Test
        void cada_prioridade_tem_o_seu_prazo() {
            for (var priority : Prioridade.values()) {
                assertThat(PRAZOS.dueAt(priority, CRIACAO))
                        .isEqualTo(CRIACAO.plus(PRAZOS.sla().get(priority)));
            }
        }

        @Test
        void o_prazo_de_que_nao_se_diz_nada_e_o_de_sempre() {
            var prazos = new TicketPrazos(Map.of(ALTA, horas(1)));
            assertThat(prazos.dueAt(ALTA, CRIACAO)).isEqualTo(CRIACAO.plus(horas(1)));
            assertThat(prazos.dueAt(Prioridade.BAIXA, CRIACAO)).isEqualTo(CRIACAO.plus(horas(72)));
        }

        @Test
        void o_programa_nao_comeca_com_um_prazo_que_nao_e_nenhum() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TicketPrazos(Map.of(CRITICA, horas(4), ALTA, horas(0))))
                    .withMessageContaining("ALTA");
        }
    }

    @Nested
    class Atribuir_ticket {
        @Test
        void recusa_quem_nao_e_ninguem_desta_organizacao() {
            for (var other : List.of(DE_FORA, CRIADORA)) {
                aberto().when(new AtribuirTicket(ID, other))
                        .expectException(RuleViolation.class)
                        .expectExceptionMessage("TECNICO_DESCONHECIDO")
                        .expectNoEvents();
            }
        }

        @Test
        void quem_atribui_pode_ficar_com_ele() {
            aberto().when(new AtribuirTicket(ID, COORDENADORA))
                    .expectEvents(new TicketAtribuido(ID, COORDENADORA, null));
        }

        @Test
        void fica_com_o_tecnico() {
            aberto().when(new AtribuirTicket(ID, RAFA)).expectEvents(new TicketAtribuido(ID, RAFA, null));
        }

        @Test
        void passa_para_outro_tecnico_e_lembra_de_quem_era() {
            emProgresso().when(new AtribuirTicket(ID, BIA)).expectEvents(new TicketAtribuido(ID, BIA, RAFA));
        }

        @Test
        void recusa_o_mesmo_tecnico_de_novo() {
            recusa(JA_ATRIBUIDO, emProgresso(), new AtribuirTicket(ID, RAFA));
        }

        @Test
        void recusa_ticket_fechado() {
            recusa(TICKET_FECHADO, fechado(), new AtribuirTicket(ID, BIA));
        }

        @Test
        void depois_de_reaberto_pode_ficar_com_o_mesmo_tecnico() {
            reaberto().when(new AtribuirTicket(ID, RAFA)).expectEvents(new TicketAtribuido(ID, RAFA, null));
        }
    }

    @Nested
    class Comentar_ticket {
        @Test
        void aceita_comentario_em_ticket_aberto() {
            aberto().when(new ComentarTicket(ID, "Alguma novidade?", CRIADORA))
                    .expectEvents(new TicketComentado(ID, "Alguma novidade?", CRIADORA));
        }

        @Test
        void aceita_comentario_em_ticket_fechado() {
            fechado()
                    .when(new ComentarTicket(ID, "Obrigada!", CRIADORA))
                    .expectEvents(new TicketComentado(ID, "Obrigada!", CRIADORA));
        }

        @Test
        void comentario_nao_muda_o_andamento() {
            emProgresso()
                    .andGiven(new TicketComentado(ID, "Estou a caminho", RAFA))
                    .when(new FecharTicket(ID, "Chave trocada"))
                    .expectEvents(new TicketFechado(ID, "Chave trocada"));
        }
    }

    @Nested
    class Alterar_prioridade {
        @Test
        void conta_o_novo_prazo_desde_a_criacao() {
            aberto().andGivenCurrentTime(depoisDe(3))
                    .when(new AlterarPrioridade(ID, CRITICA))
                    .expectEvents(new PrioridadeAlterada(ID, MEDIA, CRITICA, depoisDe(4)));
        }

        @Test
        void conta_o_novo_prazo_desde_a_ultima_reabertura() {
            reaberto()
                    .andGivenCurrentTime(depoisDe(11))
                    .when(new AlterarPrioridade(ID, BAIXA))
                    .expectEvents(new PrioridadeAlterada(ID, MEDIA, BAIXA, depoisDe(10 + 72)));
        }

        @Test
        void o_novo_prazo_pode_ja_ter_passado() {
            aberto().andGivenCurrentTime(depoisDe(20))
                    .when(new AlterarPrioridade(ID, CRITICA))
                    .expectEvents(new PrioridadeAlterada(ID, MEDIA, CRITICA, depoisDe(4)));
        }

        @Test
        void baixar_a_prioridade_nao_esconde_o_prazo_perdido_que_ninguem_registrou() {
            aberto().andGivenCurrentTime(depoisDe(24))
                    .when(new AlterarPrioridade(ID, BAIXA))
                    .expectEvents(
                            new TicketAtrasado(ID, depoisDe(24)),
                            new PrioridadeAlterada(ID, MEDIA, BAIXA, depoisDe(72)));
        }

        @Test
        void recusa_a_mesma_prioridade() {
            recusa(PRIORIDADE_IGUAL, aberto(), new AlterarPrioridade(ID, MEDIA));
        }

        @Test
        void recusa_ticket_fechado() {
            recusa(TICKET_FECHADO, fechado(), new AlterarPrioridade(ID, CRITICA));
        }
    }

    @Nested
    class Fechar_ticket {
        @Test
        void fecha_o_que_esta_em_progresso() {
            emProgresso()
                    .when(new FecharTicket(ID, "Chave trocada"))
                    .expectEvents(new TicketFechado(ID, "Chave trocada"));
        }

        @Test
        void recusa_ticket_que_ninguem_pegou() {
            recusa(TICKET_NAO_ATRIBUIDO, aberto(), new FecharTicket(ID, "Chave trocada"));
        }

        @Test
        void recusa_ticket_reaberto_que_ninguem_pegou() {
            recusa(TICKET_NAO_ATRIBUIDO, reaberto(), new FecharTicket(ID, "Chave trocada"));
        }

        @Test
        void recusa_ticket_fechado() {
            recusa(TICKET_FECHADO, fechado(), new FecharTicket(ID, "De novo"));
        }

        @Test
        void registra_o_prazo_perdido_mesmo_que_o_despertador_nao_tenha_tocado() {
            emProgresso()
                    .andGivenCurrentTime(depoisDe(25))
                    .when(new FecharTicket(ID, "Chave trocada"))
                    .expectEvents(new TicketAtrasado(ID, depoisDe(24)), new TicketFechado(ID, "Chave trocada"));
        }
    }

    @Nested
    class Reabrir_ticket {
        @Test
        void conta_o_prazo_de_novo_desde_a_reabertura() {
            fechado()
                    .andGivenCurrentTime(depoisDe(100))
                    .when(new ReabrirTicket(ID, "Fechou de novo"))
                    .expectEvents(new TicketReaberto(ID, "Fechou de novo", depoisDe(100 + 24)));
        }

        @Test
        void usa_a_prioridade_que_o_ticket_tem_agora() {
            aberto().andGiven(
                            new PrioridadeAlterada(ID, MEDIA, CRITICA, depoisDe(4)),
                            new TicketAtribuido(ID, RAFA, null),
                            new TicketFechado(ID, "Chave trocada"))
                    .andGivenCurrentTime(depoisDe(3))
                    .when(new ReabrirTicket(ID, "Fechou de novo"))
                    .expectEvents(new TicketReaberto(ID, "Fechou de novo", depoisDe(3 + 4)));
        }

        @Test
        void recusa_ticket_aberto() {
            recusa(TICKET_NAO_FECHADO, aberto(), new ReabrirTicket(ID, "Como assim?"));
        }

        @Test
        void recusa_ticket_em_progresso() {
            recusa(TICKET_NAO_FECHADO, emProgresso(), new ReabrirTicket(ID, "Como assim?"));
        }
    }

    @Nested
    class Atrasar_ticket {
        @Test
        void registra_o_atraso_no_instante_do_prazo() {
            acordadoEm(depoisDe(24), aberto()).expectEvents(new TicketAtrasado(ID, depoisDe(24)));
        }

        @Test
        void registra_o_atraso_tambem_em_progresso_e_com_despertador_tardio() {
            acordadoEm(depoisDe(30), emProgresso()).expectEvents(new TicketAtrasado(ID, depoisDe(24)));
        }

        @Test
        void antes_do_prazo_nada_muda() {
            acordadoEm(depoisDe(24).minusNanos(1000), aberto()).expectNoEvents();
        }

        @Test
        void o_despertador_de_antes_da_nova_prioridade_nada_muda() {
            acordadoEm(depoisDe(24), aberto().andGiven(new PrioridadeAlterada(ID, MEDIA, BAIXA, depoisDe(72))))
                    .expectNoEvents();
        }

        @Test
        void uma_prioridade_que_sobe_tarde_atrasa_na_hora() {
            acordadoEm(depoisDe(20), aberto().andGiven(new PrioridadeAlterada(ID, MEDIA, CRITICA, depoisDe(4))))
                    .expectEvents(new TicketAtrasado(ID, depoisDe(4)));
        }

        @Test
        void o_mesmo_prazo_atrasa_uma_vez_so() {
            acordadoEm(depoisDe(25), atrasado()).expectNoEvents();
        }

        @Test
        void um_prazo_novo_atrasa_de_novo() {
            acordadoEm(depoisDe(73), atrasado().andGiven(new PrioridadeAlterada(ID, MEDIA, BAIXA, depoisDe(72))))
                    .expectEvents(new TicketAtrasado(ID, depoisDe(72)));
        }

        @Test
        void um_ticket_fechado_nao_atrasa() {
            acordadoEm(depoisDe(24), fechado()).expectNoEvents();
        }

        @Test
        void o_despertador_de_antes_da_reabertura_nada_muda() {
            acordadoEm(depoisDe(24), reaberto()).expectNoEvents();
        }

        @Test
        void um_ticket_reaberto_atrasa_pelo_prazo_da_reabertura() {
            acordadoEm(depoisDe(34), reaberto()).expectEvents(new TicketAtrasado(ID, depoisDe(34)));
        }

        @Test
        void prazo_registrado_como_perdido_nao_se_repete_ao_fechar() {
            atrasado()
                    .andGiven(new TicketAtribuido(ID, RAFA, null))
                    .andGivenCurrentTime(depoisDe(26))
                    .when(new FecharTicket(ID, "Chave trocada"))
                    .expectEvents(new TicketFechado(ID, "Chave trocada"));
        }
    }

    @Nested
    class Despertador {
        private final AtrasoTicket prazo = new AtrasoTicket();

        @Test
        void toca_a_cada_prazo_novo() {
            for (var event : List.of(
                    criado(),
                    new PrioridadeAlterada(ID, BAIXA, MEDIA, depoisDe(24)),
                    new TicketReaberto(ID, "Fechou de novo", depoisDe(24)))) {
                assertThat(prazo.on(event, meta(event))).containsExactly(Order.at(depoisDe(24), new AtrasarTicket(ID)));
            }
        }

        @Test
        void nada_mais_o_arma() {
            for (var event : List.of(
                    new TicketAtribuido(ID, RAFA, null),
                    new TicketComentado(ID, "Oi", RAFA),
                    new TicketAtrasado(ID, depoisDe(24)),
                    new TicketFechado(ID, "Chave trocada"))) {
                assertThat(prazo.on(event, meta(event))).isEmpty();
            }
        }

        private EventMeta meta(TicketEvent event) {
            return new EventMeta(
                    1,
                    "e",
                    "ticket." + event.getClass().getSimpleName(),
                    "1",
                    "ticket",
                    ID.stored(),
                    0,
                    CRIACAO,
                    CRIADORA,
                    Actors.ORGANIZATION,
                    null,
                    null,
                    null);
        }
    }

    @Test
    void o_retrato_guarda_tudo() {
        var json = AxonJson.mapper();
        emProgresso()
                .andGiven(new TicketAtrasado(ID, depoisDe(24)))
                .when(new ComentarTicket(ID, "Oi", RAFA))
                .expectState(ticket -> {
                    var restored = json.readValue(json.writeValueAsString(ticket), Ticket.class);
                    assertThat(restored).usingRecursiveComparison().isEqualTo(ticket);
                });
    }

    private TestExecutor<Ticket> nada() {
        return fixture.givenCurrentTime(CRIACAO).andGiven();
    }

    private TestExecutor<Ticket> aberto() {
        return fixture.givenCurrentTime(CRIACAO).andGiven(criado());
    }

    private TestExecutor<Ticket> emProgresso() {
        return aberto().andGiven(new TicketAtribuido(ID, RAFA, null));
    }

    private TestExecutor<Ticket> fechado() {
        return emProgresso().andGiven(new TicketFechado(ID, "Chave trocada"));
    }

    /// Ten hours after its creation.
    private TestExecutor<Ticket> reaberto() {
        return fechado()
                .andGivenCurrentTime(depoisDe(10))
                .andGiven(new TicketReaberto(ID, "Fechou de novo", depoisDe(10 + 24)));
    }

    private TestExecutor<Ticket> atrasado() {
        return aberto().andGivenCurrentTime(depoisDe(24)).andGiven(new TicketAtrasado(ID, depoisDe(24)));
    }

    private static TicketCriado criado() {
        return new TicketCriado(ID, "Sem chave", "O galpao fechou", "ACESSO", MEDIA, CRIADORA, ENTREGA, depoisDe(24));
    }

    private static ResultValidator<Ticket> acordadoEm(Instant now, TestExecutor<Ticket> given) {
        return given.andGivenCurrentTime(now).when(new AtrasarTicket(ID));
    }

    private static void recusa(TicketRule rule, TestExecutor<Ticket> given, TicketCommand command) {
        given.when(command)
                .expectException(RuleViolation.class)
                .expectExceptionMessage(rule.name())
                .expectNoEvents();
    }

    private static Duration horas(long hours) {
        return Duration.ofHours(hours);
    }

    /// So many hours after the ticket's creation.
    private static Instant depoisDe(long hours) {
        return CRIACAO.plus(horas(hours));
    }
}
