package mutirao.ticket.query;

import static mutirao.ticket.api.Prioridade.ALTA;
import static mutirao.ticket.api.Prioridade.CRITICA;
import static mutirao.ticket.api.Prioridade.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.eventstore.EventMeta;
import mutirao.ticket.api.Relacionado;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.PrioridadeAlterada;
import mutirao.ticket.api.TicketEvent.TicketAtrasado;
import mutirao.ticket.api.TicketEvent.TicketAtribuido;
import mutirao.ticket.api.TicketEvent.TicketComentado;
import mutirao.ticket.api.TicketEvent.TicketCriado;
import mutirao.ticket.api.TicketEvent.TicketFechado;
import mutirao.ticket.api.TicketEvent.TicketReaberto;
import mutirao.ticket.api.TicketId;
import mutirao.ticket.api.TicketResumo;
import mutirao.ticket.api.TicketResumo.Comentario;
import mutirao.ticket.api.TicketStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TicketProjectionTest {
    private static final TicketId ID = new TicketId(UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7"));
    private static final UUID CRIADORA = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID BIA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final Relacionado ENTREGA =
            new Relacionado(Relacionado.Tipo.ENTREGA, UUID.fromString("44444444-4444-4444-8444-444444444444"));
    private static final Instant CRIACAO = Instant.parse("2026-03-02T10:00:00Z");

    private final TicketProjection projection = new TicketProjection();

    /// An event, so many hours after the ticket's creation.
    private record Fato(long hours, TicketEvent event) {}

    @Nested
    class Ticket_criado {
        @Test
        void mostra_tudo_o_que_foi_dito() {
            assertThat(depois(criado()))
                    .isEqualTo(new TicketResumo(
                            ID.value(),
                            0,
                            TicketStatus.ABERTO,
                            "Sem chave",
                            "O galpao fechou",
                            "ACESSO",
                            MEDIA,
                            CRIADORA,
                            null,
                            ENTREGA,
                            aos(24),
                            false,
                            false,
                            null,
                            null,
                            0,
                            List.of(),
                            CRIACAO,
                            CRIACAO));
        }

        @Test
        void a_chave_e_o_id_do_ticket() {
            assertThat(projection.keyOf(criado().event(), meta(0, CRIACAO))).isEqualTo(ID.value());
        }

        @Test
        void sem_ele_os_outros_nao_tem_linha() {
            assertThatNullPointerException().isThrownBy(() -> depois(atribuido(1, RAFA)));
        }
    }

    @Nested
    class Ticket_atribuido {
        @Test
        void esta_em_progresso_com_o_tecnico() {
            var row = depois(criado(), atribuido(1, RAFA));

            assertThat(row.status()).isEqualTo(TicketStatus.EM_PROGRESSO);
            assertThat(row.assigneeId()).isEqualTo(RAFA);
            assertThat(row.version()).isEqualTo(1);
            assertThat(row.createdAt()).isEqualTo(CRIACAO);
            assertThat(row.updatedAt()).isEqualTo(aos(1));
        }

        @Test
        void o_ultimo_tecnico_vale() {
            assertThat(depois(criado(), atribuido(1, RAFA), atribuido(2, BIA)).assigneeId())
                    .isEqualTo(BIA);
        }
    }

    @Nested
    class Ticket_comentado {
        @Test
        void os_comentarios_ficam_em_ordem() {
            assertThat(depois(criado(), comentado(1, "Alguma novidade?", CRIADORA), comentado(2, "Estou indo", RAFA))
                            .comments())
                    .containsExactly(
                            new Comentario("Alguma novidade?", CRIADORA, aos(1)),
                            new Comentario("Estou indo", RAFA, aos(2)));
        }

        @Test
        void nao_muda_o_andamento() {
            assertThat(depois(criado(), atribuido(1, RAFA), comentado(2, "Estou indo", RAFA))
                            .status())
                    .isEqualTo(TicketStatus.EM_PROGRESSO);
        }
    }

    @Nested
    class Prioridade_alterada {
        @Test
        void traz_o_novo_prazo() {
            var row = depois(criado(), new Fato(1, new PrioridadeAlterada(ID, MEDIA, ALTA, aos(8))));

            assertThat(row.priority()).isEqualTo(ALTA);
            assertThat(row.dueAt()).isEqualTo(aos(8));
        }

        @Test
        void sob_o_novo_prazo_ainda_nao_esta_atrasado() {
            var row = depois(criado(), atrasado(24), new Fato(25, new PrioridadeAlterada(ID, MEDIA, ALTA, aos(72))));

            assertThat(row.overdue()).isFalse();
            assertThat(row.slaBroken()).isTrue();
        }

        @Test
        void sob_o_mesmo_prazo_continua_atrasado() {
            var row = depois(criado(), atrasado(24), new Fato(25, new PrioridadeAlterada(ID, MEDIA, ALTA, aos(24))));

            assertThat(row.overdue()).isTrue();
        }

        @Test
        void atrasa_de_novo_quando_o_novo_prazo_passa() {
            var row = depois(
                    criado(),
                    atrasado(24),
                    new Fato(25, new PrioridadeAlterada(ID, MEDIA, CRITICA, aos(4))),
                    new Fato(26, new TicketAtrasado(ID, aos(4))));

            assertThat(row.overdue()).isTrue();
        }
    }

    @Nested
    class Ticket_atrasado {
        @Test
        void esta_atrasado_e_quebrou_o_prazo() {
            var row = depois(criado(), atrasado(24));

            assertThat(row.overdue()).isTrue();
            assertThat(row.slaBroken()).isTrue();
            assertThat(row.status()).isEqualTo(TicketStatus.ABERTO);
        }

        @Test
        void sem_o_evento_o_prazo_que_passou_nao_conta() {
            assertThat(depois(criado(), comentado(30, "E ai?", CRIADORA)).overdue())
                    .isFalse();
        }
    }

    @Nested
    class Ticket_fechado {
        @Test
        void mostra_como_e_em_quanto_tempo() {
            var row = depois(criado(), atribuido(1, RAFA), fechado(2));

            assertThat(row.status()).isEqualTo(TicketStatus.FECHADO);
            assertThat(row.assigneeId()).isEqualTo(RAFA);
            assertThat(row.resolution()).isEqualTo("Chave trocada");
            assertThat(row.resolutionSeconds()).isEqualTo(7200);
            assertThat(row.slaBroken()).isFalse();
        }

        @Test
        void deixa_de_estar_atrasado_mas_o_prazo_continua_quebrado() {
            var row = depois(criado(), atribuido(1, RAFA), atrasado(24), fechado(25));

            assertThat(row.overdue()).isFalse();
            assertThat(row.slaBroken()).isTrue();
        }

        @Test
        void da_segunda_vez_conta_desde_a_criacao() {
            var row = depois(criado(), atribuido(1, RAFA), fechado(2), reaberto(10), atribuido(11, BIA), fechado(12));

            assertThat(row.resolutionSeconds()).isEqualTo(12 * 3600);
            assertThat(row.reopenings()).isEqualTo(1);
        }
    }

    @Nested
    class Ticket_reaberto {
        @Test
        void volta_a_ser_de_ninguem_com_novo_prazo() {
            var row = depois(criado(), atribuido(1, RAFA), fechado(2), reaberto(10));

            assertThat(row.status()).isEqualTo(TicketStatus.ABERTO);
            assertThat(row.assigneeId()).isNull();
            assertThat(row.resolution()).isNull();
            assertThat(row.resolutionSeconds()).isNull();
            assertThat(row.dueAt()).isEqualTo(aos(34));
            assertThat(row.reopenings()).isEqualTo(1);
        }

        @Test
        void o_prazo_quebrado_antes_fica_quebrado() {
            var row = depois(criado(), atribuido(1, RAFA), atrasado(24), fechado(25), reaberto(26));

            assertThat(row.overdue()).isFalse();
            assertThat(row.slaBroken()).isTrue();
        }
    }

    @Test
    void a_busca_acha_titulo_descricao_e_comentarios_sem_acento_nem_caixa() {
        var row = depois(criado(), comentado(1, "\u00c1gua no PORT\u00c3O", CRIADORA));

        var search = TicketProjection.TABLE.derived().stream()
                .filter(column -> column.column().equals("search"))
                .findFirst()
                .orElseThrow();
        assertThat(search.value().apply(row))
                .asString()
                .contains("sem chave")
                .contains("galpao")
                .contains("agua no portao");
    }

    private TicketResumo depois(Fato... facts) {
        TicketResumo row = null;
        var version = 0;
        for (var fact : facts) {
            row = projection.next(row, fact.event(), meta(version++, aos(fact.hours())));
        }
        return row;
    }

    private static EventMeta meta(long version, Instant at) {
        return new EventMeta(
                version + 1,
                "e" + version,
                "ticket.TicketCriado",
                "1",
                "ticket",
                ID.stored(),
                version,
                at,
                CRIADORA,
                Actors.ORGANIZATION,
                null,
                null,
                null);
    }

    private static Fato criado() {
        return new Fato(
                0, new TicketCriado(ID, "Sem chave", "O galpao fechou", "ACESSO", MEDIA, CRIADORA, ENTREGA, aos(24)));
    }

    private static Fato atribuido(long hours, UUID technicianId) {
        return new Fato(hours, new TicketAtribuido(ID, technicianId, null));
    }

    private static Fato comentado(long hours, String text, UUID authorId) {
        return new Fato(hours, new TicketComentado(ID, text, authorId));
    }

    private static Fato atrasado(long hours) {
        return new Fato(hours, new TicketAtrasado(ID, aos(24)));
    }

    private static Fato fechado(long hours) {
        return new Fato(hours, new TicketFechado(ID, "Chave trocada"));
    }

    private static Fato reaberto(long hours) {
        return new Fato(hours, new TicketReaberto(ID, "Fechou de novo", aos(hours + 24)));
    }

    private static Instant aos(long hours) {
        return CRIACAO.plus(Duration.ofHours(hours));
    }
}
