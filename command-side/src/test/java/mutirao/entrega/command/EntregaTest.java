package mutirao.entrega.command;

import static mutirao.entrega.command.EntregaRule.*;
import static mutirao.platform.test.Elenco.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import mutirao.api.Actors;
import mutirao.api.AggregateId;
import mutirao.api.Quantia;
import mutirao.api.RuleViolation;
import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.entrega.api.EntregaCommand;
import mutirao.entrega.api.EntregaCommand.*;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.command.Outcome;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.identity.Directory;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.test.Elenco;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EntregaTest {
    private static final EntregaId ID = new EntregaId(UUID.fromString("66666666-6666-4666-8666-666666666666"));
    private static final OfertaId OFERTA = new OfertaId(UUID.fromString("0fe47a00-7425-40de-944b-e07fc1f90ae7"));
    private static final NecessidadeId NECESSIDADE =
            new NecessidadeId(UUID.fromString("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"));
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID DE_FORA = UUID.fromString("f0000000-0000-4000-8000-000000000000");
    private static final UUID RECEBEDORA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final UUID RESERVA = UUID.fromString("44444444-4444-4444-8444-444444444444");
    private static final List<Quantia> ITENS = List.of(new Quantia("Arroz", 4));
    private static final Instant PEDIDO = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant ACEITE_ATE = PEDIDO.plus(Duration.ofMinutes(15));
    private static final Instant PRAZO = PEDIDO.plus(Duration.ofHours(24));
    private static final Instant QUANDO = PEDIDO.plusSeconds(600);
    private static final Instant ANTES = PEDIDO.minusMillis(1);
    private static final CodigoDeConfirmacao CODIGO = new CodigoDeConfirmacao(data -> Arrays.copyOf(reversed(data), 8));
    private static final JsonMapper JSON = AxonJson.mapper();

    private final AggregateTestFixture<Entrega> fixture = new AggregateTestFixture<>(Entrega.class);
    private final Set<AggregateId> registrados = new HashSet<>(Set.of(OFERTA, NECESSIDADE));

    @BeforeEach
    void registrar_recursos() {
        Elenco.coordenadaPor(RAFA, fixture);
        InstantSource now = () -> GenericEventMessage.clock.instant();
        Registro registro = (id, _) -> registrados.contains(id);
        Directory directory = (id, _) -> id.equals(DE_FORA) ? Directory.Standing.NOT_HERE : Directory.Standing.UNKNOWN;
        fixture.registerInjectableResources(
                now.withZone(ZoneOffset.UTC),
                new EntregaPrazos(Duration.ofMinutes(15), Duration.ofHours(24)),
                registro,
                directory,
                CODIGO);
    }

    @Test
    void um_voluntario_se_oferece_e_a_coordenacao_escolhe_qualquer_um() {
        soPodem(this::nada, solicitacao(null), COORDENACAO, RAFA);
    }

    @Test
    void quem_age_so_em_outra_organizacao_nao_e_escolhido() {
        recusa(VOLUNTARIO_DE_FORA, nada(), new SolicitarEntrega(ID, OFERTA, NECESSIDADE, DE_FORA, ITENS, null));
    }

    @Test
    void so_o_voluntario_dela_a_leva() {
        soPodem(this::atribuida, new AceitarEntrega(ID), SO_AS_PESSOAS, RAFA);
        soPodem(this::atribuida, new RecusarEntrega(ID, "sem carro"), SO_AS_PESSOAS, RAFA);
        soPodem(this::aceita, new IniciarEntrega(ID, null), SO_AS_PESSOAS, RAFA);
        soPodem(this::iniciada, new RegistrarPosicao(ID, -30.1, -51.2, null), SO_AS_PESSOAS, RAFA);
        soPodem(this::emRota, conclusao(codigo(0)), SO_AS_PESSOAS, RAFA);
    }

    @Test
    void um_codigo_tentado_por_outro_nao_conta() {
        soPodem(this::emRota, conclusao(errado()), SO_AS_PESSOAS, RAFA);
    }

    @Test
    void so_a_coordenacao_renova_o_codigo() {
        soPodem(this::bloqueada, new RenovarCodigo(ID), COORDENACAO);
        bloqueada()
                .when(new RenovarCodigo(ID), pessoa(RAFA).metadata())
                .expectException(Forbidden.class)
                .expectNoEvents();
    }

    @Test
    void so_o_voluntario_dela_e_a_coordenacao_a_cancelam() {
        soPodem(this::atribuida, new CancelarEntrega(ID, "engano", null), COORDENACAO, RAFA);
        soPodem(this::emRota, new CancelarEntrega(ID, "quebrou", true), COORDENACAO, RAFA);
    }

    @Nested
    class Solicitar_entrega {
        @Test
        void faz_uma_reserva_com_o_seu_proprio_id() {
            nada().when(solicitacao(null)).expectEvents(solicitada(ID.value()));
        }

        @Test
        void pode_tomar_uma_reserva_feita_a_mao() {
            nada().when(solicitacao(RESERVA)).expectEvents(solicitada(RESERVA));
        }

        @Test
        void recusa_oferta_de_que_nada_se_registrou() {
            registrados.remove(OFERTA);
            recusa(OFERTA_DESCONHECIDA, nada(), solicitacao(null));
        }

        @Test
        void recusa_necessidade_de_que_nada_se_registrou() {
            registrados.remove(NECESSIDADE);
            recusa(NECESSIDADE_DESCONHECIDA, nada(), solicitacao(null));
        }

        @Test
        void registro_pergunta_pelo_nome_guardado_e_de_quem_e() {
            var daqui = Actors.ORGANIZATION;
            var registro = Registro.of(
                    stored -> stored.equals("oferta-" + OFERTA.value()) ? Optional.of(daqui) : Optional.empty());
            assertThat(registro.existe(OFERTA, daqui)).isTrue();
            assertThat(registro.existe(OFERTA, UUID.randomUUID())).isFalse();
            assertThat(registro.existe(new NecessidadeId(OFERTA.value()), daqui))
                    .isFalse();
        }
    }

    @Nested
    class Criar_assignment {
        @Test
        void diz_ate_quando_o_voluntario_responde() {
            pedida().when(new CriarAssignment(ID, ACEITE_ATE)).expectEvents(atribuicao());
        }

        @Test
        void repetido_nada_muda() {
            atribuida().when(new CriarAssignment(ID, ACEITE_ATE)).expectNoEvents();
            aceita().when(new CriarAssignment(ID, ACEITE_ATE)).expectNoEvents();
            concluida().when(new CriarAssignment(ID, ACEITE_ATE)).expectNoEvents();
        }

        @Test
        void de_entrega_encerrada_nada_muda() {
            falhou(Passo.COMPROMETER).when(new CriarAssignment(ID, ACEITE_ATE)).expectNoEvents();
            pedida().andGiven(new EntregaCancelada(ID, "engano", null))
                    .when(new CriarAssignment(ID, ACEITE_ATE))
                    .expectNoEvents();
        }
    }

    @Nested
    class Notificar_voluntario {
        @Test
        void registra_que_ele_soube() {
            atribuida().when(new NotificarVoluntario(ID)).expectEvents(new VoluntarioNotificado(ID, RAFA));
        }

        @Test
        void depois_da_resposta_nada_muda() {
            aceita().when(new NotificarVoluntario(ID)).expectNoEvents();
            recusada().when(new NotificarVoluntario(ID)).expectNoEvents();
        }

        @Test
        void antes_da_atribuicao_nada_muda() {
            pedida().when(new NotificarVoluntario(ID)).expectNoEvents();
        }
    }

    @Nested
    class Aceitar_entrega {
        @Test
        void diz_ate_quando_ela_se_conclui() {
            atribuida()
                    .andGivenCurrentTime(PEDIDO.plusSeconds(60))
                    .when(new AceitarEntrega(ID))
                    .expectEvents(new EntregaAceita(ID, RAFA, PRAZO.plusSeconds(60)));
        }

        @Test
        void vale_ate_o_ultimo_instante() {
            atribuida()
                    .andGivenCurrentTime(ACEITE_ATE.minusNanos(1000))
                    .when(new AceitarEntrega(ID))
                    .expectEvents(new EntregaAceita(
                            ID, RAFA, ACEITE_ATE.minusNanos(1000).plus(Duration.ofHours(24))));
        }

        @Test
        void recusa_no_fim_do_prazo_mesmo_que_o_despertador_nao_tenha_tocado() {
            recusa(PRAZO_DE_ACEITE_VENCIDO, atribuida().andGivenCurrentTime(ACEITE_ATE), new AceitarEntrega(ID));
        }

        @Test
        void recusa_antes_da_atribuicao() {
            recusa(ENTREGA_NAO_ATRIBUIDA, pedida(), new AceitarEntrega(ID));
        }

        @Test
        void recusa_a_segunda_vez() {
            recusa(ENTREGA_JA_ACEITA, aceita(), new AceitarEntrega(ID));
            recusa(ENTREGA_JA_ACEITA, emRota(), new AceitarEntrega(ID));
        }

        @Test
        void depois_do_despertador_e_tarde() {
            recusa(ENTREGA_ENCERRADA, falhou(Passo.ACEITAR), new AceitarEntrega(ID));
        }
    }

    @Nested
    class Recusar_entrega {
        @Test
        void diz_por_que() {
            atribuida()
                    .when(new RecusarEntrega(ID, "sem carro"))
                    .expectEvents(new EntregaRecusada(ID, RAFA, "sem carro"));
        }

        @Test
        void recusa_antes_da_atribuicao_e_depois_do_aceite() {
            recusa(ENTREGA_NAO_ATRIBUIDA, pedida(), new RecusarEntrega(ID, "sem carro"));
            recusa(ENTREGA_JA_ACEITA, aceita(), new RecusarEntrega(ID, "sem carro"));
        }

        @Test
        void recusa_a_segunda_vez() {
            recusa(ENTREGA_ENCERRADA, recusada(), new RecusarEntrega(ID, "sem carro"));
        }
    }

    @Nested
    class Iniciar_entrega {
        @Test
        void leva_consigo_o_que_os_leitores_precisam_saber() {
            aceita().when(new IniciarEntrega(ID, QUANDO))
                    .expectEvents(new EntregaIniciada(ID, RAFA, OFERTA, NECESSIDADE, ITENS, QUANDO));
        }

        @Test
        void recusa_o_que_teria_sido_antes_do_pedido() {
            recusa(ANTES_DO_PEDIDO, aceita(), new IniciarEntrega(ID, ANTES));
            recusa(ANTES_DO_PEDIDO, aceita(), new IniciarEntrega(ID, Instant.parse("0001-01-01T00:00:00Z")));
            aceita().when(new IniciarEntrega(ID, PEDIDO)).expectSuccessfulHandlerExecution();
        }

        @Test
        void recusa_antes_do_aceite() {
            recusa(ENTREGA_NAO_ACEITA, pedida(), new IniciarEntrega(ID, null));
            recusa(ENTREGA_NAO_ACEITA, atribuida(), new IniciarEntrega(ID, null));
        }

        @Test
        void recusa_a_segunda_vez() {
            recusa(ENTREGA_JA_INICIADA, iniciada(), new IniciarEntrega(ID, null));
            recusa(ENTREGA_JA_INICIADA, emRota(), new IniciarEntrega(ID, null));
        }

        @Test
        void recusa_encerrada() {
            recusa(ENTREGA_ENCERRADA, concluida(), new IniciarEntrega(ID, null));
        }
    }

    @Nested
    class Registrar_posicao {
        @Test
        void cada_posicao_e_um_evento() {
            iniciada()
                    .when(new RegistrarPosicao(ID, -30.1, -51.2, QUANDO))
                    .expectEvents(new EntregaEmRota(ID, RAFA, -30.1, -51.2, QUANDO));
            emRota().when(new RegistrarPosicao(ID, -30.2, -51.3, null))
                    .expectEvents(new EntregaEmRota(ID, RAFA, -30.2, -51.3, null));
        }

        @Test
        void recusa_o_que_teria_sido_antes_do_pedido() {
            recusa(ANTES_DO_PEDIDO, iniciada(), new RegistrarPosicao(ID, -30.1, -51.2, ANTES));
        }

        @Test
        void recusa_antes_do_inicio_e_depois_do_fim() {
            recusa(ENTREGA_NAO_INICIADA, aceita(), new RegistrarPosicao(ID, -30.1, -51.2, null));
            recusa(ENTREGA_ENCERRADA, concluida(), new RegistrarPosicao(ID, -30.1, -51.2, null));
        }
    }

    @Nested
    class Concluir_entrega {
        @Test
        void recusa_o_que_teria_sido_antes_do_pedido() {
            recusa(ANTES_DO_PEDIDO, emRota(), new ConcluirEntrega(ID, RECEBEDORA, codigo(0), ANTES));
        }

        @Test
        void o_codigo_certo_fica_registrado_como_gasto() {
            emRota().when(conclusao(codigo(0)))
                    .expectEvents(new EntregaConcluida(ID, RECEBEDORA, codigo(0), QUANDO))
                    .expectResultMessagePayload(null);
        }

        @Test
        void nao_precisa_ter_havido_posicao() {
            iniciada().when(conclusao(codigo(0))).expectEvents(new EntregaConcluida(ID, RECEBEDORA, codigo(0), QUANDO));
        }

        @Test
        void o_codigo_errado_fica_contado_e_responde_como_recusa() {
            emRota().when(conclusao("abc"))
                    .expectEvents(new CodigoRecusado(ID, 1))
                    .expectResultMessagePayload(Outcome.refused(CODIGO_INCORRETO));
            errada(3)
                    .when(conclusao(errado()))
                    .expectEvents(new CodigoRecusado(ID, 4))
                    .expectResultMessagePayload(Outcome.refused(CODIGO_INCORRETO));
        }

        @Test
        void o_quinto_erro_bloqueia() {
            errada(4)
                    .when(conclusao(errado()))
                    .expectEvents(new CodigoRecusado(ID, 5), new CodigoBloqueado(ID))
                    .expectResultMessagePayload(Outcome.refused(CODIGO_INCORRETO));
        }

        @Test
        void depois_de_quatro_erros_o_certo_ainda_vale() {
            errada(4).when(conclusao(codigo(0))).expectEvents(new EntregaConcluida(ID, RECEBEDORA, codigo(0), QUANDO));
        }

        @Test
        void bloqueado_nem_o_certo_vale() {
            recusa(CODIGO_BLOQUEADO, bloqueada(), conclusao(codigo(0)));
            recusa(CODIGO_BLOQUEADO, bloqueada(), conclusao(errado()));
        }

        @Test
        void renovado_so_o_novo_vale_e_os_erros_contam_de_novo() {
            renovada().when(conclusao(codigo(1))).expectEvents(new EntregaConcluida(ID, RECEBEDORA, codigo(1), QUANDO));
            renovada().when(conclusao(codigo(0))).expectEvents(new CodigoRecusado(ID, 1));
        }

        @Test
        void nada_do_codigo_esta_nos_eventos_de_antes() {
            renovada().when(conclusao(codigo(1))).expectSuccessfulHandlerExecution();
            var antes = fixture.getEventStore()
                    .readEvents(ID.stored())
                    .asStream()
                    .map(EventMessage::getPayload)
                    .filter(event -> !(event instanceof EntregaConcluida))
                    .map(JSON::writeValueAsString)
                    .toList();
            assertThat(antes)
                    .hasSizeGreaterThan(10)
                    .noneMatch(event -> event.contains(codigo(0)))
                    .noneMatch(event -> event.contains(codigo(1)));
        }

        @Test
        void recusa_antes_do_inicio_e_depois_do_fim() {
            recusa(ENTREGA_NAO_INICIADA, aceita(), conclusao(codigo(0)));
            recusa(ENTREGA_NAO_INICIADA, pedida(), conclusao(codigo(0)));
            recusa(ENTREGA_ENCERRADA, concluida(), conclusao(codigo(0)));
            recusa(ENTREGA_ENCERRADA, falhou(Passo.RASTREAR), conclusao(codigo(0)));
        }

        @Test
        void depois_do_prazo_ainda_vale_enquanto_o_despertador_nao_toca() {
            emRota().andGivenCurrentTime(PRAZO.plusSeconds(1))
                    .when(conclusao(codigo(0)))
                    .expectEvents(new EntregaConcluida(ID, RECEBEDORA, codigo(0), QUANDO));
        }
    }

    @Nested
    class Renovar_codigo {
        @Test
        void passa_ao_contador_seguinte() {
            bloqueada().when(new RenovarCodigo(ID)).expectEvents(new CodigoRenovado(ID, 1));
        }

        @Test
        void de_novo_depois_de_outro_bloqueio() {
            renovada()
                    .andGiven(recusas(5))
                    .andGiven(new CodigoBloqueado(ID))
                    .when(new RenovarCodigo(ID))
                    .expectEvents(new CodigoRenovado(ID, 2));
        }

        @Test
        void recusa_sem_bloqueio() {
            recusa(CODIGO_NAO_BLOQUEADO, errada(4), new RenovarCodigo(ID));
            recusa(CODIGO_NAO_BLOQUEADO, renovada(), new RenovarCodigo(ID));
        }

        @Test
        void recusa_antes_do_inicio_e_depois_do_fim() {
            recusa(ENTREGA_NAO_INICIADA, aceita(), new RenovarCodigo(ID));
            recusa(
                    ENTREGA_ENCERRADA,
                    bloqueada().andGiven(new EntregaCancelada(ID, "quebrou", false)),
                    new RenovarCodigo(ID));
        }
    }

    @Nested
    class Cancelar_entrega {
        @Test
        void antes_do_inicio_a_carga_nao_saiu_diga_o_que_disserem() {
            for (var goods : Arrays.asList(null, true, false)) {
                pedida().when(new CancelarEntrega(ID, "engano", goods))
                        .expectEvents(new EntregaCancelada(ID, "engano", null));
                atribuida()
                        .when(new CancelarEntrega(ID, "engano", goods))
                        .expectEvents(new EntregaCancelada(ID, "engano", null));
                aceita().when(new CancelarEntrega(ID, "engano", goods))
                        .expectEvents(new EntregaCancelada(ID, "engano", null));
            }
        }

        @Test
        void depois_do_inicio_diz_se_a_carga_voltou() {
            iniciada()
                    .when(new CancelarEntrega(ID, "quebrou", true))
                    .expectEvents(new EntregaCancelada(ID, "quebrou", true));
            emRota().when(new CancelarEntrega(ID, "quebrou", false))
                    .expectEvents(new EntregaCancelada(ID, "quebrou", false));
        }

        @Test
        void recusa_depois_do_inicio_sem_dizer_da_carga() {
            recusa(DESTINO_DA_CARGA_OBRIGATORIO, iniciada(), new CancelarEntrega(ID, "quebrou", null));
            recusa(DESTINO_DA_CARGA_OBRIGATORIO, emRota(), new CancelarEntrega(ID, "quebrou", null));
        }

        @Test
        void recusa_encerrada() {
            recusa(ENTREGA_ENCERRADA, concluida(), new CancelarEntrega(ID, "tarde", true));
            recusa(ENTREGA_ENCERRADA, recusada(), new CancelarEntrega(ID, "tarde", null));
            recusa(ENTREGA_ENCERRADA, falhou(Passo.ACEITAR), new CancelarEntrega(ID, "tarde", null));
            recusa(
                    ENTREGA_ENCERRADA,
                    pedida().andGiven(new EntregaCancelada(ID, "engano", null)),
                    new CancelarEntrega(ID, "de novo", null));
        }
    }

    @Nested
    class Falhar_entrega {
        @Test
        void enquanto_espera_o_aceite_falha_em_qualquer_passo_ate_ele() {
            for (var step :
                    List.of(Passo.RESERVAR, Passo.COMPROMETER, Passo.ATRIBUIR, Passo.NOTIFICAR, Passo.ACEITAR)) {
                pedida().when(falha(step)).expectEvents(new EntregaFalhou(ID, step, "PORQUE_SIM"));
                atribuida().when(falha(step)).expectEvents(new EntregaFalhou(ID, step, "PORQUE_SIM"));
            }
        }

        @Test
        void depois_do_aceite_so_falha_no_que_vem_depois() {
            for (var step : List.of(Passo.CONFIRMAR, Passo.RASTREAR)) {
                aceita().when(falha(step)).expectEvents(new EntregaFalhou(ID, step, "PORQUE_SIM"));
                iniciada().when(falha(step)).expectEvents(new EntregaFalhou(ID, step, "PORQUE_SIM"));
                emRota().when(falha(step)).expectEvents(new EntregaFalhou(ID, step, "PORQUE_SIM"));
            }
        }

        @Test
        void o_prazo_do_aceite_perde_para_quem_aceitou_antes() {
            aceita().when(falha(Passo.ACEITAR)).expectNoEvents();
            emRota().when(falha(Passo.ACEITAR)).expectNoEvents();
        }

        @Test
        void o_prazo_da_entrega_nao_toca_quem_ainda_nao_aceitou() {
            atribuida().when(falha(Passo.RASTREAR)).expectNoEvents();
        }

        @Test
        void encerrada_nada_muda() {
            for (var step : List.of(Passo.RESERVAR, Passo.ACEITAR, Passo.CONFIRMAR, Passo.RASTREAR)) {
                concluida().when(falha(step)).expectNoEvents();
                recusada().when(falha(step)).expectNoEvents();
                falhou(step).when(falha(step)).expectNoEvents();
                pedida().andGiven(new EntregaCancelada(ID, "engano", null))
                        .when(falha(step))
                        .expectNoEvents();
            }
        }
    }

    @Test
    void o_retrato_guarda_tudo() {
        renovada()
                .andGiven(recusas(5))
                .andGiven(new CodigoBloqueado(ID))
                .when(new RegistrarPosicao(ID, -30.1, -51.2, null))
                .expectState(entrega -> {
                    var restored = JSON.readValue(JSON.writeValueAsString(entrega), Entrega.class);
                    assertThat(restored).usingRecursiveComparison().isEqualTo(entrega);
                });
    }

    private TestExecutor<Entrega> nada() {
        return fixture.givenCurrentTime(PEDIDO).andGiven();
    }

    private TestExecutor<Entrega> pedida() {
        return fixture.givenCurrentTime(PEDIDO).andGiven(solicitada(ID.value()));
    }

    private TestExecutor<Entrega> atribuida() {
        return pedida().andGiven(atribuicao());
    }

    private TestExecutor<Entrega> aceita() {
        return atribuida().andGiven(new VoluntarioNotificado(ID, RAFA), new EntregaAceita(ID, RAFA, PRAZO));
    }

    private TestExecutor<Entrega> recusada() {
        return atribuida().andGiven(new EntregaRecusada(ID, RAFA, "sem carro"));
    }

    private TestExecutor<Entrega> iniciada() {
        return aceita().andGiven(new EntregaIniciada(ID, RAFA, OFERTA, NECESSIDADE, ITENS, null));
    }

    private TestExecutor<Entrega> emRota() {
        return iniciada().andGiven(new EntregaEmRota(ID, RAFA, -30.0, -51.1, null));
    }

    /// With so many wrong codes.
    private TestExecutor<Entrega> errada(int times) {
        return emRota().andGiven(recusas(times));
    }

    private TestExecutor<Entrega> bloqueada() {
        return errada(5).andGiven(new CodigoBloqueado(ID));
    }

    private TestExecutor<Entrega> renovada() {
        return bloqueada().andGiven(new CodigoRenovado(ID, 1));
    }

    private TestExecutor<Entrega> concluida() {
        return emRota().andGiven(new EntregaConcluida(ID, RECEBEDORA, codigo(0), null));
    }

    private TestExecutor<Entrega> falhou(Passo step) {
        return (step.compareTo(Passo.ACEITAR) <= 0 ? pedida() : emRota())
                .andGiven(new EntregaFalhou(ID, step, "PORQUE_SIM"));
    }

    private static List<EntregaEvent> recusas(int times) {
        return IntStream.rangeClosed(1, times)
                .<EntregaEvent>mapToObj(n -> new CodigoRecusado(ID, n))
                .toList();
    }

    private static EntregaSolicitada solicitada(UUID reservaId) {
        return new EntregaSolicitada(ID, OFERTA, NECESSIDADE, RAFA, ITENS, reservaId);
    }

    private static AssignmentCriado atribuicao() {
        return new AssignmentCriado(ID, RAFA, ACEITE_ATE);
    }

    private static SolicitarEntrega solicitacao(@Nullable UUID reservaId) {
        return new SolicitarEntrega(ID, OFERTA, NECESSIDADE, RAFA, ITENS, reservaId);
    }

    private static ConcluirEntrega conclusao(String code) {
        return new ConcluirEntrega(ID, RECEBEDORA, code, QUANDO);
    }

    private static FalharEntrega falha(Passo step) {
        return new FalharEntrega(ID, step, "PORQUE_SIM");
    }

    private static String codigo(int counter) {
        return CODIGO.of(ID, counter);
    }

    private static String errado() {
        return codigo(0).equals("123456") ? "654321" : "123456";
    }

    private static void recusa(EntregaRule rule, TestExecutor<Entrega> given, EntregaCommand command) {
        given.when(command)
                .expectException(RuleViolation.class)
                .expectExceptionMessage(rule.name())
                .expectNoEvents();
    }

    /// The counter stands at the end of what is hashed.
    private static byte[] reversed(byte[] data) {
        return new StringBuilder(new String(data, StandardCharsets.UTF_8))
                .reverse()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
