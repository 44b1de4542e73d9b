package mutirao.oferta.command;

import static mutirao.oferta.api.OfertaEvent.Outcome.DELIVERED;
import static mutirao.oferta.api.OfertaEvent.Outcome.LOST;
import static mutirao.oferta.command.OfertaRule.*;
import static mutirao.platform.test.Elenco.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.LocalPatch;
import mutirao.api.MetadataPatch;
import mutirao.api.Quantia;
import mutirao.api.RuleViolation;
import mutirao.api.Titular;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaCommand;
import mutirao.oferta.api.OfertaCommand.*;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.command.Outcome;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.identity.Directory;
import mutirao.platform.saga.Order;
import mutirao.platform.test.Elenco;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OfertaTest {
    private static final UUID DE_FORA = UUID.fromString("f0000000-0000-4000-8000-000000000000");
    private static final OfertaId ID = new OfertaId(UUID.fromString("0fe47a00-7425-40de-944b-e07fc1f90ae7"));
    private static final UUID COORDENADORA = UUID.fromString("88888888-8888-4888-8888-888888888888");
    private static final UUID PROVEDORA = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID BIA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final UUID RESERVA = UUID.fromString("44444444-4444-4444-8444-444444444444");
    private static final UUID NOVA = UUID.fromString("55555555-5555-4555-8555-555555555555");
    private static final Titular ENTREGA = new Titular(UUID.fromString("66666666-6666-4666-8666-666666666666"));
    private static final Titular OUTRA = new Titular(UUID.fromString("77777777-7777-4777-8777-777777777777"));
    private static final Local GALPAO = new Local("Galp\u00e3o", -30.0, -51.2);
    private static final Map<String, String> METADATA = Map.of("doca", "3");
    private static final Instant INICIO = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant ATE = INICIO.plus(Duration.ofDays(2));
    private static final int POR_VOLUNTARIO = 3;
    private static final Duration FOLGADA = Duration.ofMinutes(16);
    private static final Item AGUA = new Item("\u00c1gua mineral", 10, "caixa");
    private static final Item ARROZ = new Item("Arroz", 5, "kg");
    private static final JsonMapper JSON = AxonJson.mapper();

    private final AggregateTestFixture<Oferta> fixture = new AggregateTestFixture<>(Oferta.class);

    @BeforeEach
    void registrar_recursos() {
        Elenco.coordenadaPor(COORDENADORA, fixture);
        InstantSource now = () -> GenericEventMessage.clock.instant();
        Directory directory = (id, _) -> id.equals(DE_FORA) ? Directory.Standing.NOT_HERE : Directory.Standing.UNKNOWN;
        fixture.registerInjectableResources(
                now.withZone(ZoneOffset.UTC), new OfertaSettings(Duration.ofMinutes(15), POR_VOLUNTARIO), directory);
    }

    @Test
    void so_quem_a_publicou_e_a_coordenacao_a_mudam() {
        soPodem(
                this::aberta,
                new AtualizarOferta(ID, Categoria.ALIMENTO, null, null, null, null),
                COORDENACAO,
                PROVEDORA);
        soPodem(this::aberta, new CancelarOferta(ID, "molhou"), COORDENACAO, PROVEDORA);
    }

    @Test
    void um_voluntario_reserva_so_para_si_e_a_coordenacao_para_qualquer_um() {
        soPodem(this::aberta, reserva(NOVA, 1), COORDENACAO, RAFA);
    }

    @Test
    void solta_uma_reserva_quem_a_tem_quem_publicou_a_oferta_e_a_coordenacao() {
        soPodem(() -> reservada(4), new CancelarReserva(ID, RESERVA, null), COORDENACAO, RAFA, PROVEDORA);
    }

    @Nested
    class Publicar_oferta {
        @Test
        void diz_tudo_o_que_se_oferece() {
            fixture.givenCurrentTime(INICIO)
                    .andGiven()
                    .when(new PublicarOferta(
                            ID, Categoria.AGUA, List.of(AGUA, ARROZ), PROVEDORA, GALPAO, ATE, METADATA))
                    .expectEvents(publicada());
        }

        @Test
        void tudo_esta_disponivel() {
            aberta().when(reserva(NOVA, 1))
                    .expectState(oferta -> assertThat(linhas(oferta))
                            .containsExactly(linha(10, 9, 1, 0, 0, 0), LinhaOferta.of(ARROZ)));
        }

        @Test
        void guarda_a_grafia_sem_espacos_sobrando() {
            assertThat(LinhaOferta.of(new Item("  Feij\u00e3o \t preto ", 1, "kg"))
                            .item())
                    .isEqualTo("Feij\u00e3o preto");
        }
    }

    /// What cannot be seen of a name tells no two apart, and is not recorded.
    @Nested
    class Nomes_que_parecem_iguais {
        private static final Item ESCONDIDA = new Item("\u00c1gua\u200b mineral", 5, "caixa");

        @Test
        void guarda_o_que_se_ve() {
            var itens = List.of(new Item("\u202e\u00c1gua\u200b mineral", 10, "\uff43aixa\ufeff"), ARROZ);
            fixture.givenCurrentTime(INICIO)
                    .andGiven()
                    .when(new PublicarOferta(
                            ID,
                            Categoria.AGUA,
                            itens,
                            PROVEDORA,
                            new Local("Galp\u00e3o\u2060", -30.0, -51.2),
                            ATE,
                            METADATA))
                    .expectEvents(publicada());
            aberta().when(mudanca(itens)).expectEvents(atualizada(List.of(AGUA, ARROZ), ATE));
        }

        @Test
        void um_item_e_o_mesmo_com_o_que_nao_se_ve_e_em_letras_largas() {
            var pedido = List.of(new Quantia("\uff21\u0301gua\u200d \uff2dineral", 4));
            aberta().when(new ReservarOferta(ID, RESERVA, RAFA, pedido, null, null, null))
                    .expectEvents(new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(15), null));
        }

        /// Recorded when they were two.
        @Test
        void o_que_ja_eram_duas_linhas_continua_sendo() {
            var segunda = List.of(new Item("\u00c1GUA\u200b MINERAL", 5, "caixa"));
            fixture.givenCurrentTime(INICIO)
                    .andGiven(
                            new OfertaPublicada(
                                    ID, Categoria.AGUA, List.of(AGUA, ESCONDIDA), PROVEDORA, GALPAO, ATE, METADATA),
                            new OfertaReservada(ID, RESERVA, RAFA, agua(10), minutos(15), null),
                            new OfertaReservada(ID, NOVA, BIA, segunda, minutos(15), null),
                            new OfertaAtualizada(
                                    ID,
                                    Categoria.AGUA,
                                    List.of(ESCONDIDA, new Item("\u00c1gua mineral", 11, "caixa")),
                                    PROVEDORA,
                                    GALPAO,
                                    ATE,
                                    METADATA))
                    .when(new AtualizarOferta(ID, Categoria.ALIMENTO, null, null, null, null))
                    .expectState(oferta -> assertThat(linhas(oferta))
                            .extracting(LinhaOferta::published, LinhaOferta::available, LinhaOferta::reserved)
                            .containsExactly(tuple(5L, 0L, 5L), tuple(11L, 1L, 10L)));
        }
    }

    @Nested
    class Atualizar_oferta {
        @Test
        void o_que_nao_foi_dito_fica_como_esta() {
            aberta().when(new AtualizarOferta(ID, Categoria.ALIMENTO, null, null, null, null))
                    .expectEvents(new OfertaAtualizada(
                            ID, Categoria.ALIMENTO, List.of(AGUA, ARROZ), PROVEDORA, GALPAO, ATE, METADATA));
        }

        @Test
        void muda_lugar_validade_e_metadados() {
            var ate = ATE.plusSeconds(60);
            aberta().when(new AtualizarOferta(
                            ID,
                            null,
                            null,
                            new LocalPatch("Escola", null, null),
                            ate,
                            new MetadataPatch(Map.of("portao", "B"))))
                    .expectEvents(new OfertaAtualizada(
                            ID,
                            Categoria.AGUA,
                            List.of(AGUA, ARROZ),
                            PROVEDORA,
                            new Local("Escola", -30.0, -51.2),
                            ate,
                            Map.of("doca", "3", "portao", "B")));
        }

        @Test
        void linhas_sem_reserva_podem_mudar_de_unidade_sumir_e_aparecer() {
            var novas = List.of(new Item("\u00e1gua  MINERAL", 3, "litro"), new Item("Feij\u00e3o", 2, "kg"));
            aberta().when(mudanca(novas)).expectEvents(atualizada(novas, ATE));
        }

        @Test
        void pode_baixar_ate_o_que_esta_reservado_entregue_e_perdido() {
            var justo = List.of(new Item("\u00c1gua mineral", 6, "caixa"));
            usada().when(mudanca(justo))
                    .expectEvents(atualizada(justo, ATE))
                    .expectState(oferta -> assertThat(linhas(oferta)).containsExactly(linha(6, 0, 3, 2, 1, 0)));
        }

        @Test
        void recusa_menos_do_que_esta_reservado_entregue_e_perdido() {
            recusa(ABAIXO_DO_RESERVADO, usada(), mudanca(List.of(new Item("\u00c1gua mineral", 5, "caixa"))));
        }

        @Test
        void recusa_tirar_linha_reservada() {
            recusa(ABAIXO_DO_RESERVADO, reservada(1), mudanca(List.of(ARROZ)));
        }

        @Test
        void recusa_outra_unidade_em_linha_reservada() {
            recusa(
                    UNIDADE_RESERVADA,
                    reservada(1),
                    mudanca(List.of(new Item("\u00c1gua mineral", 10, "litro"), ARROZ)));
        }

        @Test
        void reserva_vencida_nao_segura_a_linha_mesmo_que_o_despertador_nao_tenha_tocado() {
            reservada(4)
                    .andGivenCurrentTime(minutos(15))
                    .when(mudanca(List.of(ARROZ)))
                    .expectEvents(new ReservaExpirada(ID, RESERVA, agua(4), null), atualizada(List.of(ARROZ), ATE));
        }

        @Test
        void o_que_entra_de_novo_fica_disponivel() {
            reservada(10)
                    .andGiven(atualizada(List.of(new Item("\u00c1gua mineral", 12, "caixa")), ATE))
                    .when(reserva(NOVA, 2))
                    .expectState(oferta -> assertThat(linhas(oferta)).containsExactly(linha(12, 0, 12, 0, 0, 0)));
        }

        @Test
        void recusa_metadados_demais_contados_com_os_que_ja_havia() {
            var novos = new HashMap<String, @Nullable String>();
            IntStream.range(0, MetadataPatch.MAX).forEach(n -> novos.put("chave" + n, "x"));
            recusa(
                    METADADOS_DEMAIS,
                    aberta(),
                    new AtualizarOferta(ID, null, null, null, null, new MetadataPatch(novos)));
        }

        @Test
        void recusa_oferta_expirada() {
            recusa(OFERTA_EXPIRADA, expirada(), mudanca(List.of(AGUA)));
        }

        @Test
        void recusa_oferta_vencida_mesmo_que_o_despertador_nao_tenha_tocado() {
            recusa(
                    OFERTA_EXPIRADA,
                    aberta().andGivenCurrentTime(ATE),
                    new AtualizarOferta(ID, null, null, null, ATE.plusSeconds(60), null));
        }

        @Test
        void recusa_oferta_cancelada() {
            recusa(OFERTA_CANCELADA, cancelada(), mudanca(List.of(AGUA)));
        }
    }

    @Nested
    class Reservar_por_pessoa {
        @Test
        void recusa_quem_age_so_em_outra_organizacao() {
            recusa(
                    VOLUNTARIO_DE_FORA,
                    aberta(),
                    new ReservarOferta(ID, RESERVA, DE_FORA, quantias(1), null, null, null));
        }

        @Test
        void segura_as_unidades_por_quinze_minutos() {
            aberta().when(reserva(RESERVA, 4))
                    .expectEvents(new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(15), null))
                    .expectResultMessagePayload(Outcome.part(RESERVA));
        }

        @Test
        void pode_ser_tudo_o_que_ha() {
            aberta().when(reserva(RESERVA, 10))
                    .expectEvents(new OfertaReservada(ID, RESERVA, RAFA, agua(10), minutos(15), null));
        }

        @Test
        void um_item_e_o_mesmo_em_outra_caixa_e_com_outros_espacos() {
            var pedido = List.of(new Quantia("  \u00e1GUA \u00a0 Mineral ", 4), new Quantia("ARROZ", 1));
            aberta().when(new ReservarOferta(ID, RESERVA, RAFA, pedido, null, null, null))
                    .expectEvents(new OfertaReservada(
                            ID,
                            RESERVA,
                            RAFA,
                            List.of(agua(4).getFirst(), new Item("Arroz", 1, "kg")),
                            minutos(15),
                            null));
        }

        @Test
        void um_item_e_o_mesmo_com_o_acento_composto_de_outro_modo() {
            var pedido = List.of(new Quantia("A\u0301gua mineral", 4));
            aberta().when(new ReservarOferta(ID, RESERVA, RAFA, pedido, null, null, null))
                    .expectEvents(new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(15), null));
        }

        @Test
        void sem_acento_e_outro_item() {
            recusa(
                    QUANTIDADE_INDISPONIVEL,
                    aberta(),
                    new ReservarOferta(ID, RESERVA, RAFA, List.of(new Quantia("Agua mineral", 1)), null, null, null));
        }

        @Test
        void recusa_acima_do_disponivel() {
            recusa(QUANTIDADE_INDISPONIVEL, reservada(7), reserva(NOVA, 4));
        }

        @Test
        void recusa_tudo_se_um_dos_itens_falta() {
            var pedido = List.of(new Quantia("\u00c1gua mineral", 1), new Quantia("Arroz", 6));
            recusa(QUANTIDADE_INDISPONIVEL, aberta(), new ReservarOferta(ID, NOVA, RAFA, pedido, null, null, null));
        }

        @Test
        void reserva_vencida_nao_ocupa_mesmo_que_o_despertador_nao_tenha_tocado() {
            reservada(7)
                    .andGivenCurrentTime(minutos(15))
                    .when(reserva(NOVA, 10))
                    .expectEvents(
                            new ReservaExpirada(ID, RESERVA, agua(7), null),
                            new OfertaReservada(ID, NOVA, RAFA, agua(10), minutos(30), null));
        }

        @Test
        void um_instante_antes_de_vencer_ainda_ocupa() {
            recusa(
                    QUANTIDADE_INDISPONIVEL,
                    reservada(7).andGivenCurrentTime(minutos(15).minusNanos(1000)),
                    reserva(NOVA, 4));
        }

        @Test
        void recusa_o_mesmo_id_de_novo() {
            recusa(RESERVA_JA_EXISTE, reservada(1), reserva(RESERVA, 1));
            recusa(
                    RESERVA_JA_EXISTE,
                    reservada(1).andGiven(new ReservaCancelada(ID, RESERVA, agua(1), null)),
                    reserva(RESERVA, 1));
        }

        @Test
        void recusa_oferta_encerrada() {
            recusa(OFERTA_EXPIRADA, expirada(), reserva(NOVA, 1));
            recusa(OFERTA_CANCELADA, cancelada(), reserva(NOVA, 1));
        }

        @Test
        void recusa_oferta_vencida_mesmo_que_o_despertador_nao_tenha_tocado() {
            recusa(OFERTA_EXPIRADA, aberta().andGivenCurrentTime(ATE), reserva(NOVA, 1));
        }
    }

    @Nested
    class Reservar_para_entrega {
        @Test
        void segura_pelo_tempo_que_a_entrega_pede() {
            aberta().when(paraEntrega(ENTREGA, 4))
                    .expectEvents(new OfertaReservada(ID, ENTREGA.value(), RAFA, agua(4), minutos(16), ENTREGA));
        }

        @Test
        void a_recusa_e_um_evento() {
            aberta().when(paraEntrega(ENTREGA, 11))
                    .expectEvents(recusada(ENTREGA, QUANTIDADE_INDISPONIVEL))
                    .expectResultMessagePayload(Outcome.part(ENTREGA.value()));
        }

        @Test
        void item_desconhecido_e_quantidade_indisponivel() {
            aberta().when(new ReservarOferta(
                            ID, ENTREGA.value(), RAFA, List.of(new Quantia("Sal", 1)), ENTREGA, FOLGADA, INICIO))
                    .expectEvents(recusada(ENTREGA, QUANTIDADE_INDISPONIVEL));
        }

        @Test
        void oferta_encerrada_recusa() {
            expirada().when(paraEntrega(ENTREGA, 1)).expectEvents(recusada(ENTREGA, OFERTA_EXPIRADA));
            cancelada().when(paraEntrega(ENTREGA, 1)).expectEvents(recusada(ENTREGA, OFERTA_CANCELADA));
        }

        @Test
        void oferta_vencida_expira_e_recusa_mesmo_que_o_despertador_nao_tenha_tocado() {
            reservada(4)
                    .andGivenCurrentTime(ATE)
                    .when(paraEntrega(ENTREGA, 1))
                    .expectEvents(
                            new OfertaExpirada(ID, ATE, OfertaExpirada.PRAZO),
                            new ReservaExpirada(ID, RESERVA, agua(4), null),
                            recusada(ENTREGA, OFERTA_EXPIRADA));
        }

        @Test
        void reserva_vencida_de_outro_nao_ocupa() {
            reservada(7)
                    .andGivenCurrentTime(minutos(15))
                    .when(paraEntrega(ENTREGA, 10))
                    .expectEvents(
                            new ReservaExpirada(ID, RESERVA, agua(7), null),
                            new OfertaReservada(ID, ENTREGA.value(), RAFA, agua(10), minutos(31), ENTREGA));
        }

        @Test
        void repetida_nada_muda() {
            daEntrega(4).when(paraEntrega(ENTREGA, 4)).expectNoEvents();
            confirmada(4).when(paraEntrega(ENTREGA, 4)).expectNoEvents();
            daEntrega(4)
                    .andGiven(new ReservaCancelada(ID, ENTREGA.value(), agua(4), ENTREGA))
                    .when(paraEntrega(ENTREGA, 4))
                    .expectNoEvents();
        }

        @Test
        void repetida_depois_de_recusada_nada_muda_ainda_que_agora_houvesse() {
            reservada(10)
                    .andGiven(
                            recusada(ENTREGA, QUANTIDADE_INDISPONIVEL),
                            new ReservaCancelada(ID, RESERVA, agua(10), null))
                    .when(paraEntrega(ENTREGA, 1))
                    .expectNoEvents();
        }
    }

    @Nested
    class Reservas_de_um_voluntario {
        @Test
        void recusa_uma_a_mais_na_mesma_oferta() {
            recusa(RESERVAS_DEMAIS, comTres(), reserva(NOVA, 1));
        }

        @Test
        void para_a_entrega_a_recusa_e_um_evento() {
            comTres().when(paraEntrega(ENTREGA, 1)).expectEvents(recusada(ENTREGA, RESERVAS_DEMAIS));
        }

        @Test
        void as_de_outro_e_as_que_terminaram_nao_contam() {
            comTres()
                    .when(new ReservarOferta(ID, NOVA, BIA, quantias(1), null, null, null))
                    .expectEvents(new OfertaReservada(ID, NOVA, BIA, agua(1), minutos(15), null));
            comTres()
                    .andGiven(new ReservaCancelada(ID, id(1), agua(1), null))
                    .when(reserva(NOVA, 1))
                    .expectEvents(new OfertaReservada(ID, NOVA, RAFA, agua(1), minutos(15), null));
        }

        @Test
        void a_que_uma_entrega_toma_nao_conta_duas_vezes() {
            comTres()
                    .when(new ReservarOferta(ID, id(1), RAFA, quantias(2), ENTREGA, FOLGADA, INICIO))
                    .expectEvents(
                            new ReservaCancelada(ID, id(1), agua(1), null),
                            new OfertaReservada(ID, id(1), RAFA, agua(2), minutos(16), ENTREGA));
        }

        private TestExecutor<Oferta> comTres() {
            return aberta().andGiven(IntStream.rangeClosed(1, POR_VOLUNTARIO)
                    .mapToObj(n -> new OfertaReservada(ID, id(n), RAFA, agua(1), minutos(15), null))
                    .toArray());
        }
    }

    /// Ended holds beyond the last few: none of what comes late may take effect.
    @Nested
    class Reservas_esquecidas {
        @Test
        void a_repeticao_tardia_de_uma_entrega_nao_reserva_de_novo() {
            esquecida(false).when(paraEntrega(ENTREGA, 4)).expectEvents(recusada(ENTREGA, RESERVA_ENCERRADA));
            esquecida(false)
                    .andGiven(recusada(ENTREGA, RESERVA_ENCERRADA))
                    .when(paraEntrega(ENTREGA, 4))
                    .expectNoEvents();
        }

        @Test
        void nem_toma_uma_feita_a_mao_com_o_mesmo_id() {
            esquecida(false)
                    .andGiven(new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(15), null))
                    .when(tomada(RAFA, 4))
                    .expectEvents(new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_ENCERRADA.name()));
        }

        @Test
        void uma_entrega_pedida_depois_reserva() {
            esquecida(false)
                    .when(new ReservarOferta(
                            ID, ENTREGA.value(), RAFA, quantias(4), ENTREGA, FOLGADA, INICIO.plusNanos(1000)))
                    .expectEvents(new OfertaReservada(ID, ENTREGA.value(), RAFA, agua(4), minutos(16), ENTREGA));
        }

        @Test
        void a_confirmacao_tardia_tem_resposta_e_nao_restaura() {
            esquecida(true).when(confirmacao()).expectEvents(recusada(ENTREGA, RESERVA_ENCERRADA));
            esquecida(true)
                    .andGiven(recusada(ENTREGA, RESERVA_ENCERRADA))
                    .when(confirmacao())
                    .expectNoEvents();
        }

        @Test
        void as_outras_repeticoes_nada_mudam() {
            for (var tardia : List.of(
                    new CancelarReserva(ID, ENTREGA.value(), ENTREGA),
                    new ExpirarReserva(ID, ENTREGA.value()),
                    new BaixarReserva(ID, ENTREGA.value(), ENTREGA, LOST))) {
                esquecida(true).when(tardia).expectNoEvents();
            }
        }

        @Test
        void a_pessoa_so_as_ultimas_ela_nao_pode_usar_de_novo() {
            recusa(RESERVA_JA_EXISTE, terminadas(Reservas.LEMBRADAS), reserva(id(1), 1));
            terminadas(Reservas.LEMBRADAS + 1)
                    .when(reserva(id(1), 1))
                    .expectEvents(new OfertaReservada(ID, id(1), RAFA, agua(1), minutos(15), null));
            recusa(RESERVA_DESCONHECIDA, terminadas(Reservas.LEMBRADAS + 1), new CancelarReserva(ID, id(1), null));
        }

        @Test
        void o_retrato_nao_cresce_com_elas() {
            terminadas(3 * Reservas.LEMBRADAS)
                    .andGiven(IntStream.rangeClosed(1, 3 * Reservas.LEMBRADAS)
                            .mapToObj(n -> recusada(new Titular(id(-n)), QUANTIDADE_INDISPONIVEL))
                            .toArray())
                    .when(reserva(NOVA, 1))
                    .expectState(oferta -> {
                        var json = JSON.writeValueAsString(oferta);
                        assertThat(json.split("ENCERRADA", -1)).hasSize(2 * Reservas.LEMBRADAS + 1);
                        assertThat(JSON.readValue(json, Oferta.class))
                                .usingRecursiveComparison()
                                .isEqualTo(oferta);
                    });
        }

        /// The delivery's hold has ended, and enough others since.
        ///
        /// @param vencida whether it lapsed, so that it could be restored if it were remembered
        private TestExecutor<Oferta> esquecida(boolean vencida) {
            return daEntrega(4)
                    .andGiven(
                            vencida
                                    ? new ReservaExpirada(ID, ENTREGA.value(), agua(4), ENTREGA)
                                    : new ReservaCancelada(ID, ENTREGA.value(), agua(4), ENTREGA))
                    .andGiven(IntStream.rangeClosed(1, Reservas.LEMBRADAS)
                            .mapToObj(n -> recusada(new Titular(id(n)), QUANTIDADE_INDISPONIVEL))
                            .toArray());
        }

        private TestExecutor<Oferta> terminadas(int holds) {
            return aberta().andGiven(IntStream.rangeClosed(1, holds)
                    .boxed()
                    .flatMap(n -> Stream.of(
                            new OfertaReservada(ID, id(n), RAFA, agua(1), minutos(15), null),
                            new ReservaCancelada(ID, id(n), agua(1), null)))
                    .toArray());
        }
    }

    private static UUID id(int n) {
        return new UUID(7, n);
    }

    @Nested
    class Tomar_reserva_feita_a_mao {
        @Test
        void a_reserva_passa_para_a_entrega() {
            reservada(4)
                    .andGivenCurrentTime(minutos(10))
                    .when(tomada(RAFA, 4))
                    .expectEvents(
                            new ReservaCancelada(ID, RESERVA, agua(4), null),
                            new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(26), ENTREGA))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 6, 4, 0, 0, 0)));
        }

        @Test
        void pode_levar_menos_ou_mais_enquanto_ha() {
            reservada(4)
                    .when(tomada(RAFA, 10))
                    .expectEvents(
                            new ReservaCancelada(ID, RESERVA, agua(4), null),
                            new OfertaReservada(ID, RESERVA, RAFA, agua(10), minutos(16), ENTREGA));
            reservada(4)
                    .when(tomada(RAFA, 1))
                    .expectEvents(
                            new ReservaCancelada(ID, RESERVA, agua(4), null),
                            new OfertaReservada(ID, RESERVA, RAFA, agua(1), minutos(16), ENTREGA));
        }

        @Test
        void sem_o_bastante_fica_como_estava() {
            reservada(4)
                    .when(tomada(RAFA, 11))
                    .expectEvents(new ReservaRecusada(ID, RESERVA, ENTREGA, QUANTIDADE_INDISPONIVEL.name()))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 6, 4, 0, 0, 0)));
            reservada(4)
                    .andGiven(new ReservaRecusada(ID, RESERVA, ENTREGA, QUANTIDADE_INDISPONIVEL.name()))
                    .when(new CancelarReserva(ID, RESERVA, null))
                    .expectEvents(new ReservaCancelada(ID, RESERVA, agua(4), null));
        }

        @Test
        void recusa_a_de_outro_voluntario() {
            reservada(4)
                    .when(tomada(BIA, 4))
                    .expectEvents(new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_DE_OUTRO_VOLUNTARIO.name()));
        }

        @Test
        void recusa_a_desconhecida() {
            aberta().when(tomada(RAFA, 4))
                    .expectEvents(new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_DESCONHECIDA.name()));
        }

        @Test
        void a_desconhecida_recusada_nao_nasce_depois() {
            aberta().andGiven(new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_DESCONHECIDA.name()))
                    .when(tomada(RAFA, 4))
                    .expectNoEvents();
        }

        @Test
        void recusa_a_encerrada() {
            reservada(4)
                    .andGiven(new ReservaCancelada(ID, RESERVA, agua(4), null))
                    .when(tomada(RAFA, 4))
                    .expectEvents(new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_ENCERRADA.name()));
        }

        @Test
        void recusa_a_vencida_mesmo_que_o_despertador_nao_tenha_tocado() {
            reservada(4)
                    .andGivenCurrentTime(minutos(15))
                    .when(tomada(RAFA, 4))
                    .expectEvents(
                            new ReservaExpirada(ID, RESERVA, agua(4), null),
                            new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_ENCERRADA.name()));
        }

        @Test
        void recusa_a_que_outra_entrega_ja_tomou() {
            reservada(4)
                    .andGiven(
                            new ReservaCancelada(ID, RESERVA, agua(4), null),
                            new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(16), OUTRA))
                    .when(tomada(RAFA, 4))
                    .expectEvents(new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_DE_ENTREGA.name()))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 6, 4, 0, 0, 0)));
        }

        @Test
        void recusa_em_oferta_que_acabou_nesse_instante() {
            aberta().andGiven(new OfertaReservada(ID, RESERVA, RAFA, agua(4), ATE.plusSeconds(60), null))
                    .andGivenCurrentTime(ATE)
                    .when(tomada(RAFA, 4))
                    .expectEvents(
                            new OfertaExpirada(ID, ATE, OfertaExpirada.PRAZO),
                            new ReservaExpirada(ID, RESERVA, agua(4), null),
                            new ReservaRecusada(ID, RESERVA, ENTREGA, RESERVA_ENCERRADA.name()));
        }

        @Test
        void o_despertador_da_reserva_de_antes_nada_muda() {
            reservada(4)
                    .andGiven(
                            new ReservaCancelada(ID, RESERVA, agua(4), null),
                            new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(26), ENTREGA))
                    .andGivenCurrentTime(minutos(15))
                    .when(new ExpirarReserva(ID, RESERVA))
                    .expectNoEvents();
        }
    }

    @Nested
    class Cancelar_reserva {
        @Test
        void devolve_as_unidades() {
            reservada(4)
                    .when(new CancelarReserva(ID, RESERVA, null))
                    .expectEvents(new ReservaCancelada(ID, RESERVA, agua(4), null))
                    .expectResultMessagePayload(Outcome.part(RESERVA))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(LinhaOferta.of(AGUA)));
        }

        @Test
        void recusa_a_desconhecida() {
            recusa(RESERVA_DESCONHECIDA, aberta(), new CancelarReserva(ID, RESERVA, null));
        }

        @Test
        void recusa_a_de_uma_entrega_em_andamento() {
            recusa(RESERVA_DE_ENTREGA, daEntrega(4), new CancelarReserva(ID, ENTREGA.value(), null));
            recusa(RESERVA_DE_ENTREGA, confirmada(4), new CancelarReserva(ID, ENTREGA.value(), null));
        }

        @Test
        void recusa_a_encerrada() {
            recusa(
                    RESERVA_ENCERRADA,
                    reservada(4).andGiven(new ReservaCancelada(ID, RESERVA, agua(4), null)),
                    new CancelarReserva(ID, RESERVA, null));
            recusa(
                    RESERVA_ENCERRADA,
                    confirmada(4).andGiven(new ReservaBaixada(ID, ENTREGA.value(), agua(4), ENTREGA, DELIVERED)),
                    new CancelarReserva(ID, ENTREGA.value(), null));
        }

        @Test
        void recusa_a_vencida_mesmo_que_o_despertador_nao_tenha_tocado() {
            recusa(
                    RESERVA_ENCERRADA,
                    reservada(4).andGivenCurrentTime(minutos(15)),
                    new CancelarReserva(ID, RESERVA, null));
        }

        @Test
        void a_entrega_devolve_a_sua_confirmada_ou_nao() {
            daEntrega(4)
                    .when(new CancelarReserva(ID, ENTREGA.value(), ENTREGA))
                    .expectEvents(new ReservaCancelada(ID, ENTREGA.value(), agua(4), ENTREGA));
            confirmada(4)
                    .when(new CancelarReserva(ID, ENTREGA.value(), ENTREGA))
                    .expectEvents(new ReservaCancelada(ID, ENTREGA.value(), agua(4), ENTREGA));
        }

        @Test
        void a_entrega_nao_devolve_a_de_outros() {
            daEntrega(4).when(new CancelarReserva(ID, ENTREGA.value(), OUTRA)).expectNoEvents();
            reservada(4).when(new CancelarReserva(ID, RESERVA, ENTREGA)).expectNoEvents();
        }

        @Test
        void repetida_pela_entrega_nada_muda() {
            daEntrega(4)
                    .andGiven(new ReservaCancelada(ID, ENTREGA.value(), agua(4), ENTREGA))
                    .when(new CancelarReserva(ID, ENTREGA.value(), ENTREGA))
                    .expectNoEvents();
            aberta().when(new CancelarReserva(ID, ENTREGA.value(), ENTREGA)).expectNoEvents();
        }

        @Test
        void depois_do_fim_da_oferta_as_unidades_ficam_retiradas() {
            confirmada(4)
                    .andGiven(new OfertaCancelada(ID, "molhou"))
                    .when(new CancelarReserva(ID, ENTREGA.value(), ENTREGA))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 0, 0, 0, 10)));
        }
    }

    @Nested
    class Expirar_reserva {
        @Test
        void vence_no_instante_marcado() {
            reservada(4)
                    .andGivenCurrentTime(minutos(15))
                    .when(new ExpirarReserva(ID, RESERVA))
                    .expectEvents(new ReservaExpirada(ID, RESERVA, agua(4), null))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(LinhaOferta.of(AGUA)));
        }

        @Test
        void diz_de_que_entrega_era() {
            daEntrega(4)
                    .andGivenCurrentTime(minutos(16))
                    .when(new ExpirarReserva(ID, ENTREGA.value()))
                    .expectEvents(new ReservaExpirada(ID, ENTREGA.value(), agua(4), ENTREGA));
        }

        @Test
        void antes_nada_muda() {
            reservada(4)
                    .andGivenCurrentTime(minutos(15).minusNanos(1000))
                    .when(new ExpirarReserva(ID, RESERVA))
                    .expectNoEvents();
        }

        @Test
        void a_confirmada_nao_vence() {
            confirmada(4)
                    .andGivenCurrentTime(minutos(16))
                    .when(new ExpirarReserva(ID, ENTREGA.value()))
                    .expectNoEvents();
        }

        @Test
        void repetida_ou_desconhecida_nada_muda() {
            vencidaDaEntrega(4).when(new ExpirarReserva(ID, ENTREGA.value())).expectNoEvents();
            aberta().andGivenCurrentTime(minutos(15))
                    .when(new ExpirarReserva(ID, RESERVA))
                    .expectNoEvents();
        }
    }

    @Nested
    class Confirmar_reserva {
        @Test
        void passa_a_durar_ate_a_baixa() {
            daEntrega(4).when(confirmacao()).expectEvents(new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA));
        }

        @Test
        void a_vencida_que_ninguem_registrou_ainda_se_confirma() {
            daEntrega(4)
                    .andGivenCurrentTime(minutos(20))
                    .when(confirmacao())
                    .expectEvents(new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA));
        }

        @Test
        void a_vencida_volta_enquanto_as_unidades_estao_livres() {
            vencidaDaEntrega(4)
                    .when(confirmacao())
                    .expectEvents(restaurada(4), new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 6, 4, 0, 0, 0)));
        }

        @Test
        void a_vencida_volta_do_que_o_fim_da_oferta_retirou() {
            daEntrega(4)
                    .andGiven(
                            new OfertaCancelada(ID, "molhou"),
                            new ReservaExpirada(ID, ENTREGA.value(), agua(4), ENTREGA))
                    .when(confirmacao())
                    .expectEvents(restaurada(4), new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 4, 0, 0, 6)));
        }

        @Test
        void recusa_a_vencida_cujas_unidades_outro_ja_reservou() {
            vencidaDaEntrega(4)
                    .andGiven(new OfertaReservada(ID, NOVA, BIA, agua(7), minutos(40), null))
                    .when(confirmacao())
                    .expectEvents(recusada(ENTREGA, RESERVA_ENCERRADA));
        }

        @Test
        void a_vencida_de_outro_nao_ocupa_mesmo_que_o_despertador_nao_tenha_tocado() {
            vencidaDaEntrega(4)
                    .andGiven(new OfertaReservada(ID, NOVA, BIA, agua(7), minutos(40), null))
                    .andGivenCurrentTime(minutos(40))
                    .when(confirmacao())
                    .expectEvents(
                            new ReservaExpirada(ID, NOVA, agua(7), null),
                            restaurada(4),
                            new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA));
        }

        @Test
        void recusa_a_vencida_cuja_linha_sumiu_ou_mudou_de_unidade() {
            vencidaDaEntrega(4)
                    .andGiven(atualizada(List.of(ARROZ), ATE))
                    .when(confirmacao())
                    .expectEvents(recusada(ENTREGA, RESERVA_ENCERRADA));
            vencidaDaEntrega(4)
                    .andGiven(atualizada(List.of(new Item("\u00c1gua mineral", 10, "litro")), ATE))
                    .when(confirmacao())
                    .expectEvents(recusada(ENTREGA, RESERVA_ENCERRADA));
        }

        @Test
        void repetida_nada_muda() {
            confirmada(4).when(confirmacao()).expectNoEvents();
            confirmada(4)
                    .andGiven(new ReservaBaixada(ID, ENTREGA.value(), agua(4), ENTREGA, DELIVERED))
                    .when(confirmacao())
                    .expectNoEvents();
            vencidaDaEntrega(4)
                    .andGiven(recusada(ENTREGA, RESERVA_ENCERRADA))
                    .when(confirmacao())
                    .expectNoEvents();
        }

        @Test
        void a_de_outros_nada_muda() {
            reservada(4).when(new ConfirmarReserva(ID, RESERVA, ENTREGA)).expectNoEvents();
            aberta().when(confirmacao()).expectNoEvents();
        }
    }

    @Nested
    class Baixar_reserva {
        @Test
        void entregue() {
            confirmada(4)
                    .when(new BaixarReserva(ID, ENTREGA.value(), ENTREGA, DELIVERED))
                    .expectEvents(new ReservaBaixada(ID, ENTREGA.value(), agua(4), ENTREGA, DELIVERED))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 6, 0, 4, 0, 0)));
        }

        @Test
        void perdido() {
            confirmada(4)
                    .when(new BaixarReserva(ID, ENTREGA.value(), ENTREGA, LOST))
                    .expectEvents(new ReservaBaixada(ID, ENTREGA.value(), agua(4), ENTREGA, LOST))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 6, 0, 0, 4, 0)));
        }

        @Test
        void tambem_depois_do_fim_da_oferta() {
            confirmada(4)
                    .andGiven(new OfertaExpirada(ID, ATE, OfertaExpirada.PRAZO))
                    .when(new BaixarReserva(ID, ENTREGA.value(), ENTREGA, DELIVERED))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 0, 4, 0, 6)));
        }

        @Test
        void repetida_nada_muda() {
            confirmada(4)
                    .andGiven(new ReservaBaixada(ID, ENTREGA.value(), agua(4), ENTREGA, DELIVERED))
                    .when(new BaixarReserva(ID, ENTREGA.value(), ENTREGA, LOST))
                    .expectNoEvents();
        }

        @Test
        void o_que_voltou_a_de_outros_e_a_desconhecida_nada_mudam() {
            var baixa = new BaixarReserva(ID, ENTREGA.value(), ENTREGA, LOST);
            vencidaDaEntrega(4).when(baixa).expectNoEvents();
            aberta().when(baixa).expectNoEvents();
            confirmada(4)
                    .when(new BaixarReserva(ID, ENTREGA.value(), OUTRA, LOST))
                    .expectNoEvents();
        }
    }

    @Nested
    class Expirar_oferta {
        @Test
        void o_que_ninguem_reservou_fica_retirado() {
            usada().andGivenCurrentTime(ATE)
                    .when(new ExpirarOferta(ID))
                    .expectEvents(new OfertaExpirada(ID, ATE, OfertaExpirada.PRAZO))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 3, 2, 1, 4)));
        }

        @Test
        void as_reservas_sem_confirmacao_vencem_e_as_confirmadas_continuam() {
            confirmada(4)
                    .andGiven(
                            new OfertaReservada(ID, RESERVA, RAFA, agua(1), ATE.plusSeconds(60), null),
                            new OfertaReservada(ID, OUTRA.value(), BIA, agua(2), ATE.plusSeconds(60), OUTRA))
                    .andGivenCurrentTime(ATE)
                    .when(new ExpirarOferta(ID))
                    .expectEvents(
                            new OfertaExpirada(ID, ATE, OfertaExpirada.PRAZO),
                            new ReservaExpirada(ID, RESERVA, agua(1), null),
                            new ReservaExpirada(ID, OUTRA.value(), agua(2), OUTRA))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 4, 0, 0, 6)));
        }

        @Test
        void antes_da_hora_ou_ja_encerrada_nada_muda() {
            aberta().andGivenCurrentTime(ATE.minusNanos(1000))
                    .when(new ExpirarOferta(ID))
                    .expectNoEvents();
            expirada().when(new ExpirarOferta(ID)).expectNoEvents();
            cancelada().andGivenCurrentTime(ATE).when(new ExpirarOferta(ID)).expectNoEvents();
        }

        @Test
        void o_despertador_de_antes_do_novo_prazo_nada_muda() {
            aberta().andGiven(atualizada(List.of(AGUA), ATE.plusSeconds(60)))
                    .andGivenCurrentTime(ATE)
                    .when(new ExpirarOferta(ID))
                    .expectNoEvents();
        }
    }

    @Nested
    class Cancelar_oferta {
        @Test
        void diz_por_que_e_retira_o_que_sobrou() {
            reservada(4)
                    .when(new CancelarOferta(ID, "molhou"))
                    .expectEvents(new OfertaCancelada(ID, "molhou"), new ReservaExpirada(ID, RESERVA, agua(4), null))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 0, 0, 0, 10)));
        }

        @Test
        void as_confirmadas_continuam() {
            confirmada(4)
                    .when(new CancelarOferta(ID, "molhou"))
                    .expectEvents(new OfertaCancelada(ID, "molhou"))
                    .expectState(oferta -> assertThat(linhas(oferta).getFirst()).isEqualTo(linha(10, 0, 4, 0, 0, 6)));
        }

        @Test
        void tambem_a_esgotada() {
            aberta().andGiven(new OfertaReservada(ID, RESERVA, RAFA, List.of(AGUA, ARROZ), minutos(15), null))
                    .when(new CancelarOferta(ID, "molhou"))
                    .expectEvents(
                            new OfertaCancelada(ID, "molhou"),
                            new ReservaExpirada(ID, RESERVA, List.of(AGUA, ARROZ), null));
        }

        @Test
        void recusa_a_segunda_vez() {
            recusa(OFERTA_CANCELADA, cancelada(), new CancelarOferta(ID, "de novo"));
        }

        @Test
        void recusa_a_expirada_e_a_vencida() {
            recusa(OFERTA_EXPIRADA, expirada(), new CancelarOferta(ID, "tarde"));
            recusa(OFERTA_EXPIRADA, aberta().andGivenCurrentTime(ATE), new CancelarOferta(ID, "tarde"));
        }
    }

    @Nested
    class Despertador {
        private final PrazosDaOferta prazos = new PrazosDaOferta();

        @Test
        void toca_no_fim_da_oferta() {
            for (var event : List.of(publicada(), atualizada(List.of(AGUA), ATE))) {
                assertThat(prazos.on(event, meta())).containsExactly(Order.at(ATE, new ExpirarOferta(ID)));
            }
        }

        @Test
        void toca_no_fim_de_cada_reserva() {
            assertThat(prazos.on(new OfertaReservada(ID, RESERVA, RAFA, agua(4), minutos(15), null), meta()))
                    .containsExactly(Order.at(minutos(15), new ExpirarReserva(ID, RESERVA)));
        }

        @Test
        void nada_mais_o_arma() {
            for (var event : List.<OfertaEvent>of(
                    new ReservaCancelada(ID, RESERVA, agua(4), null),
                    new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA),
                    recusada(ENTREGA, OFERTA_EXPIRADA),
                    new OfertaCancelada(ID, "molhou"))) {
                assertThat(prazos.on(event, meta())).isEmpty();
            }
        }

        private EventMeta meta() {
            return new EventMeta(
                    1,
                    "e",
                    "oferta.OfertaPublicada",
                    "1",
                    "oferta",
                    ID.stored(),
                    0,
                    INICIO,
                    PROVEDORA,
                    Actors.ORGANIZATION,
                    null,
                    null,
                    null);
        }
    }

    @Test
    void o_retrato_guarda_tudo() {
        confirmada(4)
                .andGiven(
                        new OfertaReservada(ID, RESERVA, BIA, agua(1), minutos(15), null),
                        recusada(OUTRA, QUANTIDADE_INDISPONIVEL))
                .when(new CancelarOferta(ID, "molhou"))
                .expectState(oferta -> {
                    var restored = JSON.readValue(JSON.writeValueAsString(oferta), Oferta.class);
                    assertThat(restored).usingRecursiveComparison().isEqualTo(oferta);
                });
    }

    private TestExecutor<Oferta> aberta() {
        return fixture.givenCurrentTime(INICIO).andGiven(publicada());
    }

    /// With so many of ten boxes of water held by hand.
    private TestExecutor<Oferta> reservada(long boxes) {
        return aberta().andGiven(new OfertaReservada(ID, RESERVA, RAFA, agua(boxes), minutos(15), null));
    }

    /// With so many of ten boxes of water held for a delivery.
    private TestExecutor<Oferta> daEntrega(long boxes) {
        return aberta().andGiven(new OfertaReservada(ID, ENTREGA.value(), RAFA, agua(boxes), minutos(16), ENTREGA));
    }

    private TestExecutor<Oferta> confirmada(long boxes) {
        return daEntrega(boxes).andGiven(new ReservaConfirmada(ID, ENTREGA.value(), ENTREGA));
    }

    private TestExecutor<Oferta> vencidaDaEntrega(long boxes) {
        return daEntrega(boxes)
                .andGivenCurrentTime(minutos(16))
                .andGiven(new ReservaExpirada(ID, ENTREGA.value(), agua(boxes), ENTREGA));
    }

    /// Of ten boxes of water, two are delivered, one is lost and three are held by a confirmed delivery.
    private TestExecutor<Oferta> usada() {
        var terceira = new Titular(NOVA);
        return confirmada(2)
                .andGiven(
                        new ReservaBaixada(ID, ENTREGA.value(), agua(2), ENTREGA, DELIVERED),
                        new OfertaReservada(ID, OUTRA.value(), BIA, agua(1), minutos(16), OUTRA),
                        new ReservaConfirmada(ID, OUTRA.value(), OUTRA),
                        new ReservaBaixada(ID, OUTRA.value(), agua(1), OUTRA, LOST),
                        new OfertaReservada(ID, NOVA, BIA, agua(3), minutos(16), terceira),
                        new ReservaConfirmada(ID, NOVA, terceira));
    }

    private TestExecutor<Oferta> expirada() {
        return aberta().andGivenCurrentTime(ATE).andGiven(new OfertaExpirada(ID, ATE, OfertaExpirada.PRAZO));
    }

    private TestExecutor<Oferta> cancelada() {
        return aberta().andGiven(new OfertaCancelada(ID, "molhou"));
    }

    private static OfertaPublicada publicada() {
        return new OfertaPublicada(ID, Categoria.AGUA, List.of(AGUA, ARROZ), PROVEDORA, GALPAO, ATE, METADATA);
    }

    private static OfertaAtualizada atualizada(List<Item> items, Instant availableUntil) {
        return new OfertaAtualizada(ID, Categoria.AGUA, items, PROVEDORA, GALPAO, availableUntil, METADATA);
    }

    private static AtualizarOferta mudanca(@Nullable List<Item> items) {
        return new AtualizarOferta(ID, null, items, null, null, null);
    }

    /// A hold by hand.
    private static ReservarOferta reserva(UUID reservaId, long boxes) {
        return new ReservarOferta(ID, reservaId, RAFA, quantias(boxes), null, null, null);
    }

    private static ReservarOferta paraEntrega(Titular entrega, long boxes) {
        return new ReservarOferta(ID, entrega.value(), RAFA, quantias(boxes), entrega, FOLGADA, INICIO);
    }

    /// A delivery that takes over the hold made by hand.
    private static ReservarOferta tomada(UUID volunteer, long boxes) {
        return new ReservarOferta(ID, RESERVA, volunteer, quantias(boxes), ENTREGA, FOLGADA, INICIO);
    }

    private static ConfirmarReserva confirmacao() {
        return new ConfirmarReserva(ID, ENTREGA.value(), ENTREGA);
    }

    private static OfertaReservada restaurada(long boxes) {
        return new OfertaReservada(ID, ENTREGA.value(), RAFA, agua(boxes), minutos(16), ENTREGA);
    }

    private static ReservaRecusada recusada(Titular entrega, OfertaRule rule) {
        return new ReservaRecusada(ID, entrega.value(), entrega, rule.name());
    }

    private static List<Item> agua(long boxes) {
        return List.of(new Item("\u00c1gua mineral", boxes, "caixa"));
    }

    private static List<Quantia> quantias(long boxes) {
        return List.of(new Quantia("\u00c1gua mineral", boxes));
    }

    private static LinhaOferta linha(
            long published, long available, long reserved, long delivered, long lost, long withdrawn) {
        return new LinhaOferta(
                "\u00c1gua mineral", "caixa", published, available, reserved, delivered, lost, withdrawn);
    }

    /// What the aggregate itself counts.
    private static List<LinhaOferta> linhas(Oferta oferta) {
        return JSON.valueToTree(oferta)
                .get("lines")
                .valueStream()
                .map(line -> JSON.treeToValue(line, LinhaOferta.class))
                .toList();
    }

    private static void recusa(OfertaRule rule, TestExecutor<Oferta> given, OfertaCommand command) {
        given.when(command)
                .expectException(RuleViolation.class)
                .expectExceptionMessage(rule.name())
                .expectNoEvents();
    }

    private static Instant minutos(long minutes) {
        return INICIO.plus(Duration.ofMinutes(minutes));
    }
}
