package mutirao.necessidade.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Titular;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoLiberado;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoRecusado;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtendida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtualizada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCancelada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeComprometida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeExpirada;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.eventstore.EventMeta;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NecessidadeProjectionTest {
    private static final NecessidadeId ID = new NecessidadeId(UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7"));
    private static final Titular ENTREGA = new Titular(UUID.fromString("11111111-1111-4111-8111-111111111111"));
    private static final Titular OUTRA = new Titular(UUID.fromString("22222222-2222-4222-8222-222222222222"));
    private static final UUID CRIADORA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final Local ABRIGO = new Local("Abrigo Sarandi", -29.99, -51.13);
    private static final Map<String, String> METADATA = Map.of("contato", "portaria");
    private static final Instant CRIACAO = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant ATE = CRIACAO.plus(Duration.ofDays(2));
    private static final Item AGUA = new Item("Agua", 10, "caixa");
    private static final Item ARROZ = new Item("Arroz", 5, "kg");

    private final NecessidadeProjection projection = new NecessidadeProjection();

    @Nested
    class Necessidade_criada {
        @Test
        void mostra_tudo_o_que_foi_pedido() {
            assertThat(depois(criada()))
                    .isEqualTo(new NecessidadeResumo(
                            ID.value(),
                            0,
                            NecessidadeStatus.ABERTA,
                            Categoria.AGUA,
                            List.of(agua(10, 0, 0), arroz(5, 0, 0)),
                            ABRIGO,
                            CRIADORA,
                            Urgencia.ALTA,
                            ATE,
                            METADATA,
                            false,
                            null,
                            CRIACAO,
                            CRIACAO));
        }

        @Test
        void a_chave_e_o_id_da_necessidade() {
            assertThat(projection.keyOf(criada(), meta(0))).isEqualTo(ID.value());
        }

        @Test
        void sem_ela_os_outros_nao_tem_linha() {
            assertThatNullPointerException().isThrownBy(() -> depois(comprometida(ENTREGA, 1)));
        }
    }

    @Nested
    class Necessidade_atualizada {
        private final NecessidadeAtualizada mudanca = new NecessidadeAtualizada(
                ID,
                Categoria.ALIMENTO,
                List.of(new Item("AGUA", 12, "caixa"), new Item("Feijao", 3, "kg")),
                new Local("Escola", null, null),
                CRIADORA,
                Urgencia.CRITICA,
                null,
                Map.of());

        @Test
        void troca_o_que_mudou_e_guarda_o_que_foi_prometido() {
            assertThat(depois(criada(), comprometida(ENTREGA, 4), mudanca))
                    .isEqualTo(new NecessidadeResumo(
                            ID.value(),
                            2,
                            NecessidadeStatus.EM_ATENDIMENTO,
                            Categoria.ALIMENTO,
                            List.of(agua(12, 4, 0), new LinhaNecessidade("Feijao", "kg", 3, 0, 0)),
                            new Local("Escola", null, null),
                            CRIADORA,
                            Urgencia.CRITICA,
                            null,
                            Map.of(),
                            false,
                            null,
                            CRIACAO,
                            aos(2)));
        }

        @Test
        void baixada_ao_que_ja_chegou_esta_atendida() {
            var menos = new NecessidadeAtualizada(
                    ID,
                    Categoria.AGUA,
                    List.of(new Item("Agua", 4, "caixa")),
                    ABRIGO,
                    CRIADORA,
                    Urgencia.ALTA,
                    ATE,
                    METADATA);

            assertThat(depois(criada(), comprometida(ENTREGA, 4), atendida(ENTREGA, 4), menos)
                            .status())
                    .isEqualTo(NecessidadeStatus.ATENDIDA);
        }
    }

    @Nested
    class Necessidade_comprometida {
        @Test
        void o_prometido_deixa_de_estar_pendente() {
            var row = depois(criada(), comprometida(ENTREGA, 4), comprometida(OUTRA, 5));

            assertThat(row.items()).containsExactly(agua(10, 9, 0), arroz(5, 0, 0));
            assertThat(row.items().getFirst().pending()).isEqualTo(1);
            assertThat(row.status()).isEqualTo(NecessidadeStatus.EM_ATENDIMENTO);
            assertThat(row.updatedAt()).isEqualTo(aos(2));
        }

        @Test
        void acha_a_linha_em_outra_grafia() {
            var typed = new NecessidadeComprometida(ID, ENTREGA, List.of(new Item(" AGUA ", 4, "caixa")));

            assertThat(depois(criada(), typed).items().getFirst()).isEqualTo(agua(10, 4, 0));
        }
    }

    @Nested
    class Compromisso_recusado {
        @Test
        void so_conta_a_versao_e_a_hora() {
            var before = depois(criada());
            var row = depois(criada(), new CompromissoRecusado(ID, ENTREGA, "ACIMA_DO_PENDENTE"));

            assertThat(row)
                    .usingRecursiveComparison()
                    .ignoringFields("version", "updatedAt")
                    .isEqualTo(before);
            assertThat(row.version()).isEqualTo(1);
            assertThat(row.updatedAt()).isEqualTo(aos(1));
        }
    }

    @Nested
    class Compromisso_liberado {
        @Test
        void volta_a_estar_pendente_e_aberta() {
            var row = depois(criada(), comprometida(ENTREGA, 4), liberada(ENTREGA, 4));

            assertThat(row.items()).containsExactly(agua(10, 0, 0), arroz(5, 0, 0));
            assertThat(row.status()).isEqualTo(NecessidadeStatus.ABERTA);
        }

        @Test
        void continua_em_atendimento_com_outra_entrega() {
            var row = depois(criada(), comprometida(ENTREGA, 4), comprometida(OUTRA, 1), liberada(ENTREGA, 4));

            assertThat(row.status()).isEqualTo(NecessidadeStatus.EM_ATENDIMENTO);
        }
    }

    @Nested
    class Necessidade_atendida {
        @Test
        void o_prometido_passa_a_entregue() {
            var row = depois(criada(), comprometida(ENTREGA, 4), atendida(ENTREGA, 4));

            assertThat(row.items()).containsExactly(agua(10, 0, 4), arroz(5, 0, 0));
            assertThat(row.items().getFirst().pending()).isEqualTo(6);
            assertThat(row.status()).isEqualTo(NecessidadeStatus.EM_ATENDIMENTO);
        }

        @Test
        void atendida_quando_tudo_chegou() {
            var all = List.of(AGUA, ARROZ);
            var row = depois(
                    criada(),
                    new NecessidadeComprometida(ID, ENTREGA, all),
                    new NecessidadeAtendida(ID, ENTREGA, all, null));

            assertThat(row.status()).isEqualTo(NecessidadeStatus.ATENDIDA);
        }
    }

    @Nested
    class Necessidade_cancelada {
        @Test
        void mostra_por_que() {
            var row = depois(criada(), cancelada());

            assertThat(row.status()).isEqualTo(NecessidadeStatus.CANCELADA);
            assertThat(row.reason()).isEqualTo("o abrigo fechou");
        }

        @Test
        void continua_cancelada_enquanto_as_entregas_se_desfazem_ou_chegam() {
            var row = depois(
                    criada(),
                    comprometida(ENTREGA, 4),
                    comprometida(OUTRA, 5),
                    cancelada(),
                    liberada(ENTREGA, 4),
                    atendida(OUTRA, 5));

            assertThat(row.status()).isEqualTo(NecessidadeStatus.CANCELADA);
            assertThat(row.reason()).isEqualTo("o abrigo fechou");
            assertThat(row.items()).containsExactly(agua(10, 0, 5), arroz(5, 0, 0));
        }
    }

    @Nested
    class Necessidade_expirada {
        @Test
        void mostra_que_expirou() {
            var row = depois(criada(), new NecessidadeExpirada(ID, ATE));

            assertThat(row.status()).isEqualTo(NecessidadeStatus.EXPIRADA);
            assertThat(row.reason()).isNull();
        }

        @Test
        void uma_recusa_depois_nao_a_reabre() {
            var row = depois(
                    criada(),
                    new NecessidadeExpirada(ID, ATE),
                    new CompromissoRecusado(ID, ENTREGA, "NECESSIDADE_EXPIRADA"));

            assertThat(row.status()).isEqualTo(NecessidadeStatus.EXPIRADA);
        }
    }

    @Test
    void a_busca_acha_itens_lugar_e_metadados_sem_acento_nem_caixa() {
        assertThat(derived("search", depois(criada())))
                .asString()
                .contains("agua")
                .contains("arroz")
                .contains("abrigo sarandi")
                .contains("portaria");
    }

    @Test
    void o_lugar_e_a_urgencia_podem_ser_filtrados() {
        assertThat(derived("latitude", depois(criada()))).isEqualTo(-29.99);
        assertThat(derived("longitude", depois(criada()))).isEqualTo(-51.13);
        assertThat(derived("urgency_rank", depois(criada()))).isEqualTo(2);
    }

    private static Object derived(String column, NecessidadeResumo row) {
        return NecessidadeProjection.TABLE.derived().stream()
                .filter(candidate -> candidate.column().equals(column))
                .findFirst()
                .orElseThrow()
                .value()
                .apply(row);
    }

    /// The row after events that are an hour apart.
    private NecessidadeResumo depois(NecessidadeEvent... events) {
        NecessidadeResumo row = null;
        for (int version = 0; version < events.length; version++) {
            row = projection.next(row, events[version], meta(version));
        }
        return row;
    }

    private static EventMeta meta(long version) {
        return new EventMeta(
                version + 1,
                "e" + version,
                "necessidade.NecessidadeCriada",
                "1",
                "necessidade",
                ID.stored(),
                version,
                aos(version),
                CRIADORA,
                Actors.ORGANIZATION,
                null,
                null,
                null);
    }

    private static NecessidadeCriada criada() {
        return new NecessidadeCriada(
                ID, Categoria.AGUA, List.of(AGUA, ARROZ), ABRIGO, CRIADORA, Urgencia.ALTA, ATE, METADATA);
    }

    private static NecessidadeComprometida comprometida(Titular entrega, long boxes) {
        return new NecessidadeComprometida(ID, entrega, caixas(boxes));
    }

    private static CompromissoLiberado liberada(Titular entrega, long boxes) {
        return new CompromissoLiberado(ID, entrega, caixas(boxes));
    }

    private static NecessidadeAtendida atendida(Titular entrega, long boxes) {
        return new NecessidadeAtendida(ID, entrega, caixas(boxes), null);
    }

    private static NecessidadeCancelada cancelada() {
        return new NecessidadeCancelada(ID, "o abrigo fechou", List.of(ENTREGA, OUTRA));
    }

    private static List<Item> caixas(long boxes) {
        return List.of(new Item("Agua", boxes, "caixa"));
    }

    private static LinhaNecessidade agua(long requested, long committed, long delivered) {
        return new LinhaNecessidade("Agua", "caixa", requested, committed, delivered);
    }

    private static LinhaNecessidade arroz(long requested, long committed, long delivered) {
        return new LinhaNecessidade("Arroz", "kg", requested, committed, delivered);
    }

    private static Instant aos(long hours) {
        return CRIACAO.plus(Duration.ofHours(hours));
    }
}
