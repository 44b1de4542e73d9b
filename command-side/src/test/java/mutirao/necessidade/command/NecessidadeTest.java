package mutirao.necessidade.command;

import static mutirao.necessidade.command.NecessidadeRule.*;
import static mutirao.platform.test.Elenco.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.LocalPatch;
import mutirao.api.MetadataPatch;
import mutirao.api.Patch;
import mutirao.api.RuleViolation;
import mutirao.api.Titular;
import mutirao.necessidade.api.NecessidadeCommand;
import mutirao.necessidade.api.NecessidadeCommand.AtenderNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.AtualizarNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.CancelarNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.ComprometerNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.ExpirarNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.LiberarCompromisso;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoLiberado;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoRecusado;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtendida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtualizada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCancelada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeComprometida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeExpirada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadePublicada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeRecolhida;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.saga.Order;
import mutirao.platform.test.Elenco;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NecessidadeTest {
    private static final NecessidadeId ID = new NecessidadeId(UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7"));
    private static final Titular ENTREGA = new Titular(UUID.fromString("11111111-1111-4111-8111-111111111111"));
    private static final Titular OUTRA = new Titular(UUID.fromString("22222222-2222-4222-8222-222222222222"));
    private static final UUID COORDENADORA = UUID.fromString("44444444-4444-4444-8444-444444444444");
    private static final UUID CRIADORA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final Local ABRIGO = new Local("Abrigo Sarandi", -29.99, -51.13);
    private static final Map<String, String> METADATA = Map.of("contato", "portaria");
    private static final Instant CRIACAO = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant ATE = CRIACAO.plus(Duration.ofDays(2));
    private static final Item AGUA = new Item("Agua", 10, "caixa");
    private static final Item ARROZ = new Item("Arroz", 5, "kg");

    private final AggregateTestFixture<Necessidade> fixture = new AggregateTestFixture<>(Necessidade.class);

    @BeforeEach
    void registrar_recursos() {
        Elenco.coordenadaPor(COORDENADORA, fixture);
        InstantSource now = () -> GenericEventMessage.clock.instant();
        fixture.registerInjectableResources(now.withZone(ZoneOffset.UTC));
    }

    @Test
    void so_quem_a_criou_e_a_coordenacao_a_mudam() {
        soPodem(this::aberta, mudanca(Categoria.HIGIENE, null, null), COORDENACAO, CRIADORA);
        soPodem(this::aberta, new CancelarNecessidade(ID, "engano"), COORDENACAO, CRIADORA);
    }

    @Test
    void a_quem_nao_pode_nada_se_diz_do_estado() {
        aberta().andGiven(new NecessidadeCancelada(ID, "engano", List.of()))
                .when(
                        new CancelarNecessidade(ID, "engano"),
                        pessoa(ENTREGA.value()).metadata())
                .expectException(Forbidden.class)
                .expectNoEvents();
    }

    @Nested
    class Criar_necessidade {
        @Test
        void diz_tudo_o_que_foi_pedido() {
            fixture.givenCurrentTime(CRIACAO)
                    .andGiven()
                    .when(new CriarNecessidade(
                            ID, Categoria.AGUA, List.of(AGUA), ABRIGO, CRIADORA, Urgencia.ALTA, ATE, METADATA))
                    .expectEvents(new NecessidadeCriada(
                            ID, Categoria.AGUA, List.of(AGUA), ABRIGO, CRIADORA, Urgencia.ALTA, ATE, METADATA));
        }
    }

    @Nested
    class Tornar_publica {
        @Test
        void ja_na_criacao() {
            fixture.givenCurrentTime(CRIACAO)
                    .andGiven()
                    .when(new CriarNecessidade(
                            ID, Categoria.AGUA, List.of(AGUA), ABRIGO, CRIADORA, Urgencia.ALTA, ATE, METADATA, true))
                    .expectEvents(
                            new NecessidadeCriada(
                                    ID, Categoria.AGUA, List.of(AGUA), ABRIGO, CRIADORA, Urgencia.ALTA, ATE, METADATA),
                            new NecessidadePublicada(ID));
        }

        @Test
        void depois_sem_mudar_mais_nada() {
            aberta().when(publica(null, true)).expectEvents(new NecessidadePublicada(ID));
        }

        @Test
        void junto_com_outra_mudanca() {
            aberta().when(publica(Categoria.AGUA, true))
                    .expectEvents(atualizada(List.of(AGUA, ARROZ), ATE), new NecessidadePublicada(ID));
        }

        @Test
        void uma_vez_so() {
            fixture.givenCurrentTime(CRIACAO)
                    .andGiven(criada(), new NecessidadePublicada(ID))
                    .when(publica(null, true))
                    .expectNoEvents();
        }

        @Test
        void e_recolher() {
            fixture.givenCurrentTime(CRIACAO)
                    .andGiven(criada(), new NecessidadePublicada(ID))
                    .when(publica(null, false))
                    .expectEvents(new NecessidadeRecolhida(ID));
            aberta().when(publica(null, false)).expectNoEvents();
        }

        private AtualizarNecessidade publica(@Nullable Categoria category, boolean publica) {
            return new AtualizarNecessidade(ID, category, null, null, null, null, null, publica);
        }
    }

    @Nested
    class Atualizar_necessidade {
        @Test
        void o_que_nao_foi_dito_fica_como_esta() {
            aberta().when(mudanca(Categoria.HIGIENE, null, null))
                    .expectEvents(new NecessidadeAtualizada(
                            ID,
                            Categoria.HIGIENE,
                            List.of(AGUA, ARROZ),
                            ABRIGO,
                            CRIADORA,
                            Urgencia.ALTA,
                            ATE,
                            METADATA));
        }

        @Test
        void muda_lugar_urgencia_prazo_e_metadados() {
            aberta().when(new AtualizarNecessidade(
                            ID,
                            null,
                            null,
                            new LocalPatch("Escola", null, null),
                            Urgencia.CRITICA,
                            new Patch<>(null),
                            new MetadataPatch(Map.of("andar", "2"))))
                    .expectEvents(new NecessidadeAtualizada(
                            ID,
                            Categoria.AGUA,
                            List.of(AGUA, ARROZ),
                            new Local("Escola", -29.99, -51.13),
                            CRIADORA,
                            Urgencia.CRITICA,
                            null,
                            Map.of("andar", "2", "contato", "portaria")));
        }

        @Test
        void linhas_sem_promessa_podem_mudar_de_unidade_sumir_e_aparecer() {
            var novas = List.of(new Item("agua", 3, "litro"), new Item("Feijao", 2, "kg"));
            aberta().when(mudanca(null, novas, null)).expectEvents(atualizada(novas, ATE));
        }

        @Test
        void pode_baixar_ate_o_que_esta_prometido_e_entregue() {
            parcialmenteAtendida()
                    .when(mudanca(null, List.of(new Item("Agua", 7, "caixa")), null))
                    .expectEvents(atualizada(List.of(new Item("Agua", 7, "caixa")), ATE));
        }

        @Test
        void recusa_menos_do_que_esta_prometido_e_entregue() {
            recusa(
                    ABAIXO_DO_COMPROMETIDO,
                    parcialmenteAtendida(),
                    mudanca(null, List.of(new Item("Agua", 6, "caixa")), null));
        }

        @Test
        void recusa_tirar_linha_prometida() {
            recusa(ABAIXO_DO_COMPROMETIDO, comprometida(1), mudanca(null, List.of(ARROZ), null));
        }

        @Test
        void recusa_outra_unidade_em_linha_prometida() {
            recusa(UNIDADE_COMPROMETIDA, comprometida(1), mudanca(null, List.of(new Item("Agua", 10, "litro")), null));
        }

        @Test
        void linha_solta_da_promessa_pode_mudar_de_novo() {
            comprometida(4)
                    .andGiven(new CompromissoLiberado(ID, ENTREGA, agua(4)))
                    .when(mudanca(null, List.of(ARROZ), null))
                    .expectEvents(atualizada(List.of(ARROZ), ATE));
        }

        @Test
        void baixada_ao_que_ja_chegou_esta_atendida() {
            var entregue = new NecessidadeAtendida(ID, ENTREGA, agua(4), null);
            recusa(
                    NECESSIDADE_ATENDIDA,
                    comprometida(4).andGiven(entregue, atualizada(agua(4), ATE)),
                    new CancelarNecessidade(ID, "duplicada"));
        }

        @Test
        void recusa_necessidade_atendida() {
            recusa(NECESSIDADE_ATENDIDA, atendida(), mudanca(Categoria.HIGIENE, null, null));
        }

        @Test
        void recusa_necessidade_cancelada() {
            recusa(NECESSIDADE_CANCELADA, cancelada(), mudanca(Categoria.HIGIENE, null, null));
        }

        @Test
        void recusa_metadados_demais() {
            recusa(
                    METADADOS_DEMAIS,
                    aberta(),
                    new AtualizarNecessidade(
                            ID,
                            null,
                            null,
                            null,
                            null,
                            null,
                            new MetadataPatch(IntStream.rangeClosed(0, MetadataPatch.MAX)
                                    .boxed()
                                    .collect(Collectors.toMap(i -> "chave " + i, i -> "x")))));
        }

        @Test
        void recusa_necessidade_expirada() {
            recusa(NECESSIDADE_EXPIRADA, expirada(), mudanca(Categoria.HIGIENE, null, null));
        }

        @Test
        void recusa_necessidade_vencida_mesmo_que_o_despertador_nao_tenha_tocado() {
            recusa(
                    NECESSIDADE_EXPIRADA,
                    aberta().andGivenCurrentTime(ATE),
                    mudanca(null, null, new Patch<>(ATE.plusSeconds(3600))));
        }
    }

    @Nested
    class Cancelar_necessidade {
        @Test
        void diz_por_que() {
            aberta().when(new CancelarNecessidade(ID, "duplicada"))
                    .expectEvents(new NecessidadeCancelada(ID, "duplicada", List.of()));
        }

        @Test
        void avisa_so_as_entregas_em_andamento() {
            comprometida(4)
                    .andGiven(
                            new NecessidadeComprometida(ID, OUTRA, agua(2)),
                            new CompromissoLiberado(ID, OUTRA, agua(2)))
                    .when(new CancelarNecessidade(ID, "o abrigo fechou"))
                    .expectEvents(new NecessidadeCancelada(ID, "o abrigo fechou", List.of(ENTREGA)));
        }

        @Test
        void com_algo_prometido_nao_vence() {
            comprometida(4)
                    .andGivenCurrentTime(ATE.plusSeconds(1))
                    .when(new CancelarNecessidade(ID, "o abrigo fechou"))
                    .expectEvents(new NecessidadeCancelada(ID, "o abrigo fechou", List.of(ENTREGA)));
        }

        @Test
        void recusa_a_segunda_vez() {
            recusa(NECESSIDADE_CANCELADA, cancelada(), new CancelarNecessidade(ID, "de novo"));
        }

        @Test
        void recusa_necessidade_atendida() {
            recusa(NECESSIDADE_ATENDIDA, atendida(), new CancelarNecessidade(ID, "tarde"));
        }

        @Test
        void cancela_tambem_a_expirada() {
            expirada()
                    .when(new CancelarNecessidade(ID, "tarde"))
                    .expectEvents(new NecessidadeCancelada(ID, "tarde", List.of()));
        }
    }

    @Nested
    class Expirar_necessidade {
        @Test
        void expira_no_instante_do_prazo() {
            aberta().andGivenCurrentTime(ATE)
                    .when(new ExpirarNecessidade(ID))
                    .expectEvents(new NecessidadeExpirada(ID, ATE));
        }

        @Test
        void antes_do_prazo_nada_muda() {
            aberta().andGivenCurrentTime(ATE.minusNanos(1000))
                    .when(new ExpirarNecessidade(ID))
                    .expectNoEvents();
        }

        @Test
        void o_despertador_de_antes_de_um_prazo_adiado_nada_muda() {
            aberta().andGiven(atualizada(List.of(AGUA, ARROZ), ATE.plusSeconds(60)))
                    .andGivenCurrentTime(ATE)
                    .when(new ExpirarNecessidade(ID))
                    .expectNoEvents();
        }

        @Test
        void sem_prazo_nunca_expira() {
            aberta().andGiven(atualizada(List.of(AGUA, ARROZ), null))
                    .andGivenCurrentTime(ATE.plusSeconds(1))
                    .when(new ExpirarNecessidade(ID))
                    .expectNoEvents();
        }

        @Test
        void com_algo_prometido_nao_expira() {
            comprometida(1)
                    .andGivenCurrentTime(ATE)
                    .when(new ExpirarNecessidade(ID))
                    .expectNoEvents();
        }

        @Test
        void com_algo_entregue_nao_expira() {
            comprometida(1)
                    .andGiven(new NecessidadeAtendida(ID, ENTREGA, agua(1), null))
                    .andGivenCurrentTime(ATE)
                    .when(new ExpirarNecessidade(ID))
                    .expectNoEvents();
        }

        @Test
        void o_que_acabou_nao_expira() {
            List<Supplier<TestExecutor<Necessidade>>> endings = List.of(
                    NecessidadeTest.this::atendida, NecessidadeTest.this::cancelada, NecessidadeTest.this::expirada);
            for (var ended : endings) {
                ended.get()
                        .andGivenCurrentTime(ATE.plusSeconds(1))
                        .when(new ExpirarNecessidade(ID))
                        .expectNoEvents();
            }
        }
    }

    @Nested
    class Comprometer_necessidade {
        @Test
        void promete_o_que_falta() {
            aberta().when(new ComprometerNecessidade(ID, ENTREGA, List.of(AGUA, ARROZ)))
                    .expectEvents(new NecessidadeComprometida(ID, ENTREGA, List.of(AGUA, ARROZ)));
        }

        @Test
        void reconhece_o_item_em_outra_grafia() {
            var typed = List.of(new Item("  AGUA ", 10, "caixa"));
            aberta().when(new ComprometerNecessidade(ID, ENTREGA, typed))
                    .expectEvents(new NecessidadeComprometida(ID, ENTREGA, typed));
        }

        @Test
        void varias_entregas_dividem_o_que_falta() {
            comprometida(4)
                    .when(new ComprometerNecessidade(ID, OUTRA, agua(6)))
                    .expectEvents(new NecessidadeComprometida(ID, OUTRA, agua(6)));
        }

        @Test
        void recusa_acima_do_pendente() {
            recusaComprometer(ACIMA_DO_PENDENTE, comprometida(4), agua(7));
        }

        @Test
        void recusa_o_que_ja_foi_entregue() {
            recusaComprometer(ACIMA_DO_PENDENTE, parcialmenteAtendida(), agua(4));
        }

        @Test
        void recusa_item_que_nao_foi_pedido() {
            recusaComprometer(ITEM_DESCONHECIDO, aberta(), List.of(AGUA, new Item("Cobertor", 1, "unidade")));
        }

        @Test
        void recusa_unidade_diferente() {
            recusaComprometer(UNIDADE_DIFERENTE, aberta(), List.of(new Item("Agua", 1, "litro")));
        }

        @Test
        void recusa_necessidade_atendida() {
            recusaComprometer(NECESSIDADE_ATENDIDA, atendida(), agua(1));
        }

        @Test
        void recusa_necessidade_cancelada() {
            recusaComprometer(NECESSIDADE_CANCELADA, cancelada(), agua(1));
        }

        @Test
        void recusa_necessidade_expirada() {
            recusaComprometer(NECESSIDADE_EXPIRADA, expirada(), agua(1));
        }

        @Test
        void necessidade_vencida_expira_antes_de_recusar() {
            aberta().andGivenCurrentTime(ATE)
                    .when(new ComprometerNecessidade(ID, ENTREGA, agua(1)))
                    .expectEvents(
                            new NecessidadeExpirada(ID, ATE),
                            new CompromissoRecusado(ID, ENTREGA, NECESSIDADE_EXPIRADA.name()));
        }

        @Test
        void com_algo_prometido_continua_valendo_depois_do_prazo() {
            comprometida(4)
                    .andGivenCurrentTime(ATE)
                    .when(new ComprometerNecessidade(ID, OUTRA, agua(1)))
                    .expectEvents(new NecessidadeComprometida(ID, OUTRA, agua(1)));
        }

        @Test
        void repetido_nada_muda_qualquer_que_tenha_sido_a_resposta() {
            List<Supplier<TestExecutor<Necessidade>>> answers = List.of(
                    () -> comprometida(4),
                    () -> aberta().andGiven(new CompromissoRecusado(ID, ENTREGA, ACIMA_DO_PENDENTE.name())),
                    () -> comprometida(4).andGiven(new CompromissoLiberado(ID, ENTREGA, agua(4))),
                    () -> comprometida(4).andGiven(new NecessidadeAtendida(ID, ENTREGA, agua(4), null)));
            for (var answered : answers) {
                answered.get()
                        .when(new ComprometerNecessidade(ID, ENTREGA, agua(1)))
                        .expectNoEvents();
            }
        }
    }

    @Nested
    class Liberar_compromisso {
        @Test
        void devolve_tudo_o_que_a_entrega_prometeu() {
            comprometida(4)
                    .when(new LiberarCompromisso(ID, ENTREGA))
                    .expectEvents(new CompromissoLiberado(ID, ENTREGA, agua(4)));
        }

        @Test
        void o_que_foi_devolvido_pode_ser_prometido_de_novo() {
            comprometida(10)
                    .andGiven(new CompromissoLiberado(ID, ENTREGA, agua(10)))
                    .when(new ComprometerNecessidade(ID, OUTRA, agua(10)))
                    .expectEvents(new NecessidadeComprometida(ID, OUTRA, agua(10)));
        }

        @Test
        void tambem_depois_de_cancelada() {
            comprometida(4)
                    .andGiven(new NecessidadeCancelada(ID, "o abrigo fechou", List.of(ENTREGA)))
                    .when(new LiberarCompromisso(ID, ENTREGA))
                    .expectEvents(new CompromissoLiberado(ID, ENTREGA, agua(4)));
        }

        @Test
        void a_segunda_vez_nada_muda() {
            comprometida(4)
                    .andGiven(new CompromissoLiberado(ID, ENTREGA, agua(4)))
                    .when(new LiberarCompromisso(ID, ENTREGA))
                    .expectNoEvents();
        }

        @Test
        void de_entrega_recusada_nada_muda() {
            aberta().andGiven(new CompromissoRecusado(ID, ENTREGA, ACIMA_DO_PENDENTE.name()))
                    .when(new LiberarCompromisso(ID, ENTREGA))
                    .expectNoEvents();
        }

        @Test
        void de_entrega_desconhecida_nada_muda() {
            comprometida(4).when(new LiberarCompromisso(ID, OUTRA)).expectNoEvents();
        }

        @Test
        void o_que_ja_chegou_nao_se_devolve() {
            parcialmenteAtendida().when(new LiberarCompromisso(ID, ENTREGA)).expectNoEvents();
        }
    }

    @Nested
    class Atender_necessidade {
        private final Instant quando = CRIACAO.plusSeconds(600);

        @Test
        void registra_o_que_a_entrega_prometeu_e_quando_chegou() {
            comprometida(4)
                    .when(new AtenderNecessidade(ID, ENTREGA, quando))
                    .expectEvents(new NecessidadeAtendida(ID, ENTREGA, agua(4), quando));
        }

        @Test
        void tambem_depois_de_cancelada() {
            comprometida(4)
                    .andGiven(new NecessidadeCancelada(ID, "o abrigo fechou", List.of(ENTREGA)))
                    .when(new AtenderNecessidade(ID, ENTREGA, null))
                    .expectEvents(new NecessidadeAtendida(ID, ENTREGA, agua(4), null));
        }

        @Test
        void cancelada_continua_cancelada_quando_tudo_chega() {
            recusa(
                    NECESSIDADE_CANCELADA,
                    aberta().andGiven(
                                    new NecessidadeComprometida(ID, ENTREGA, List.of(AGUA, ARROZ)),
                                    new NecessidadeCancelada(ID, "o abrigo fechou", List.of(ENTREGA)),
                                    new NecessidadeAtendida(ID, ENTREGA, List.of(AGUA, ARROZ), null)),
                    new CancelarNecessidade(ID, "de novo"));
        }

        @Test
        void a_segunda_vez_nada_muda() {
            parcialmenteAtendida()
                    .when(new AtenderNecessidade(ID, ENTREGA, quando))
                    .expectNoEvents();
        }

        @Test
        void sem_promessa_nada_muda() {
            aberta().when(new AtenderNecessidade(ID, ENTREGA, quando)).expectNoEvents();
        }

        @Test
        void depois_de_devolver_nada_muda() {
            comprometida(4)
                    .andGiven(new CompromissoLiberado(ID, ENTREGA, agua(4)))
                    .when(new AtenderNecessidade(ID, ENTREGA, quando))
                    .expectNoEvents();
        }
    }

    @Nested
    class Despertador {
        private final ExpiracaoNecessidade prazo = new ExpiracaoNecessidade();

        @Test
        void toca_a_cada_prazo_dito() {
            for (var event : List.of(criada(), atualizada(List.of(AGUA), ATE))) {
                assertThat(prazo.on(event, meta())).containsExactly(Order.at(ATE, new ExpirarNecessidade(ID)));
            }
        }

        @Test
        void sem_prazo_nao_toca() {
            assertThat(prazo.on(atualizada(List.of(AGUA), null), meta())).isEmpty();
            assertThat(prazo.on(new NecessidadeComprometida(ID, ENTREGA, agua(1)), meta()))
                    .isEmpty();
        }

        private EventMeta meta() {
            return new EventMeta(
                    1,
                    "e",
                    "necessidade.NecessidadeCriada",
                    "1",
                    "necessidade",
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
        comprometida(4)
                .when(new ComprometerNecessidade(ID, OUTRA, agua(7)))
                .expectEvents(new CompromissoRecusado(ID, OUTRA, ACIMA_DO_PENDENTE.name()))
                .expectState(need -> {
                    var restored = json.readValue(json.writeValueAsString(need), Necessidade.class);
                    assertThat(restored).usingRecursiveComparison().isEqualTo(need);
                });
    }

    private TestExecutor<Necessidade> aberta() {
        return fixture.givenCurrentTime(CRIACAO).andGiven(criada());
    }

    /// With so many of ten boxes of water promised.
    private TestExecutor<Necessidade> comprometida(long boxes) {
        return aberta().andGiven(new NecessidadeComprometida(ID, ENTREGA, agua(boxes)));
    }

    /// Of ten boxes of water, three are delivered and four are promised.
    private TestExecutor<Necessidade> parcialmenteAtendida() {
        return comprometida(3)
                .andGiven(
                        new NecessidadeAtendida(ID, ENTREGA, agua(3), null),
                        new NecessidadeComprometida(ID, OUTRA, agua(4)));
    }

    private TestExecutor<Necessidade> atendida() {
        var all = List.of(AGUA, ARROZ);
        return aberta().andGiven(
                        new NecessidadeComprometida(ID, OUTRA, all), new NecessidadeAtendida(ID, OUTRA, all, null));
    }

    private TestExecutor<Necessidade> cancelada() {
        return aberta().andGiven(new NecessidadeCancelada(ID, "duplicada", List.of()));
    }

    private TestExecutor<Necessidade> expirada() {
        return aberta().andGivenCurrentTime(ATE).andGiven(new NecessidadeExpirada(ID, ATE));
    }

    private static NecessidadeCriada criada() {
        return new NecessidadeCriada(
                ID, Categoria.AGUA, List.of(AGUA, ARROZ), ABRIGO, CRIADORA, Urgencia.ALTA, ATE, METADATA);
    }

    private static NecessidadeAtualizada atualizada(List<Item> items, @Nullable Instant neededUntil) {
        return new NecessidadeAtualizada(
                ID, Categoria.AGUA, items, ABRIGO, CRIADORA, Urgencia.ALTA, neededUntil, METADATA);
    }

    private static AtualizarNecessidade mudanca(
            @Nullable Categoria category, @Nullable List<Item> items, @Nullable Patch<Instant> neededUntil) {
        return new AtualizarNecessidade(ID, category, items, null, null, neededUntil, null);
    }

    private static List<Item> agua(long boxes) {
        return List.of(new Item("Agua", boxes, "caixa"));
    }

    private static void recusa(NecessidadeRule rule, TestExecutor<Necessidade> given, NecessidadeCommand command) {
        given.when(command)
                .expectException(RuleViolation.class)
                .expectExceptionMessage(rule.name())
                .expectNoEvents();
    }

    /// A saga asks, so the refusal is an event.
    private static void recusaComprometer(NecessidadeRule rule, TestExecutor<Necessidade> given, List<Item> items) {
        var asking = new Titular(UUID.fromString("44444444-4444-4444-8444-444444444444"));
        given.when(new ComprometerNecessidade(ID, asking, items))
                .expectEvents(new CompromissoRecusado(ID, asking, rule.name()));
    }
}
