package mutirao.entrega.command;

import static mutirao.entrega.api.Passo.*;
import static mutirao.entrega.api.Passo.Estado.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaCommand.*;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeCommand.*;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaCommand.*;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.saga.Order;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EntregaSagaTest {
    private static final EntregaId ID = new EntregaId(UUID.fromString("66666666-6666-4666-8666-666666666666"));
    private static final UUID RESERVA = ID.value();
    private static final OfertaId OFERTA = new OfertaId(UUID.fromString("0fe47a00-7425-40de-944b-e07fc1f90ae7"));
    private static final NecessidadeId NECESSIDADE =
            new NecessidadeId(UUID.fromString("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"));
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID RECEBEDORA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final List<Quantia> PEDIDOS = List.of(new Quantia("arroz", 4));
    private static final List<Item> ITENS = List.of(new Item("Arroz", 4, "kg"));
    private static final Instant INICIO = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant RESERVA_ATE = INICIO.plus(Duration.ofMinutes(16));
    private static final Instant ACEITE_ATE = INICIO.plus(Duration.ofMinutes(15));
    private static final Instant PRAZO = INICIO.plus(Duration.ofDays(1));
    private static final Instant CHEGADA = INICIO.plus(Duration.ofHours(2));
    private static final JsonMapper JSON = AxonJson.mapper();

    private final EntregaSaga saga = new EntregaSaga(new EntregaPrazos(Duration.ofMinutes(15), Duration.ofDays(1)));
    private Conducao conducao = new Conducao();

    @Nested
    class Ate_o_fim {
        @Test
        void passo_a_passo_cada_resposta_manda_o_comando_seguinte() {
            quando(solicitada(), reservar());
            mostra(RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(reservada(), comprometer());
            mostra(DONE, RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(comprometida(), new CriarAssignment(ID, ACEITE_ATE));
            mostra(DONE, DONE, RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(atribuida(), Order.now(new NotificarVoluntario(ID)), prazoDoAceite());
            mostra(DONE, DONE, DONE, RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(notificado());
            mostra(DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING, PENDING, PENDING);
            quando(aceita(), Order.now(confirmar()), prazoDaEntrega());
            mostra(DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING, PENDING);
            quando(confirmada());
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING);
            quando(iniciada());
            quando(emRota());
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING);
            quando(concluida(), baixar(Outcome.DELIVERED));
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING);
            quando(baixada(Outcome.DELIVERED), new AtenderNecessidade(NECESSIDADE, ID.titular(), CHEGADA));
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE, RUNNING);
            assertThat(conducao.state.settled()).isFalse();
            quando(atendida());
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE);
            acabou();
        }

        @Test
        void toma_a_reserva_feita_a_mao() {
            var aMao = UUID.fromString("44444444-4444-4444-8444-444444444444");
            quando(
                    new EntregaSolicitada(ID, OFERTA, NECESSIDADE, RAFA, PEDIDOS, aMao),
                    new ReservarOferta(
                            OFERTA, aMao, RAFA, PEDIDOS, ID.titular(), Duration.ofMinutes(16), INICIO.plusSeconds(1)));
            conducao.receber(new OfertaReservada(OFERTA, aMao, RAFA, ITENS, RESERVA_ATE, ID.titular()));
            conducao.receber(comprometida());
            quando(cancelada(null), liberar());
            quando(liberada(), new CancelarReserva(OFERTA, aMao, ID.titular()));
        }

        @Test
        void aceita_antes_da_notificacao() {
            ate(atribuida());
            quando(aceita(), Order.now(confirmar()), prazoDaEntrega());
            mostra(DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING, PENDING);
        }

        @Test
        void iniciada_e_concluida_antes_da_confirmacao() {
            ate(aceita());
            quando(iniciada());
            quando(concluida());
            mostra(DONE, DONE, DONE, DONE, DONE, RUNNING, DONE, PENDING, PENDING);
            quando(confirmada(), baixar(Outcome.DELIVERED));
            quando(baixada(Outcome.DELIVERED), new AtenderNecessidade(NECESSIDADE, ID.titular(), CHEGADA));
            quando(atendida());
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE);
            acabou();
        }

        @Test
        void reserva_vencida_depois_do_aceite_volta() {
            ate(aceita());
            quando(vencida());
            mostra(COMPENSATED, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING, PENDING);
            quando(reservada());
            quando(confirmada());
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING);
        }

        @Test
        void um_evento_sem_entrega_ou_de_entrega_desconhecida_nao_comeca_nada() {
            assertThat(saga.keysOf(new OfertaReservada(OFERTA, RESERVA, RAFA, ITENS, RESERVA_ATE, null)))
                    .isEmpty();
            assertThat(saga.keysOf(new NecessidadeCancelada(NECESSIDADE, "mudou", List.of())))
                    .isEmpty();
            var step = saga.on(null, reservada(), meta(INICIO));
            assertThat(step.state()).isNull();
            assertThat(step.orders()).isEmpty();
        }
    }

    @Nested
    class Recusada_pela_oferta {
        @Test
        void falha_e_nao_ha_o_que_desfazer() {
            ate(solicitada());
            quando(
                    new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "QUANTIDADE_INDISPONIVEL"),
                    new FalharEntrega(ID, RESERVAR, "QUANTIDADE_INDISPONIVEL"));
            quando(falhou(RESERVAR, "QUANTIDADE_INDISPONIVEL"));
            mostra(FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void oferta_que_nao_existe_conta_como_recusa() {
            ate(solicitada());
            var step = saga.refused(conducao.state, reservar(), "NOT_FOUND");
            assertThat(step.orders()).containsExactly(Order.now(new FalharEntrega(ID, RESERVAR, "NOT_FOUND")));
            quando(falhou(RESERVAR, "NOT_FOUND"));
            mostra(FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void concedida_tarde_e_devolvida() {
            ate(solicitada(), new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "X"), falhou(RESERVAR, "X"));
            quando(reservada(), devolver());
            quando(reservaCancelada());
            mostra(FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void concedida_tarde_antes_de_a_entrega_falhar_vence_por_si() {
            ate(solicitada(), new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "X"));
            quando(reservada());
            quando(falhou(RESERVAR, "X"));
            quando(vencida());
            mostra(FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }
    }

    @Nested
    class Recusada_pela_necessidade {
        @Test
        void falha_e_devolve_a_reserva() {
            ate(reservada());
            quando(
                    new CompromissoRecusado(NECESSIDADE, ID.titular(), "NECESSIDADE_CANCELADA"),
                    new FalharEntrega(ID, COMPROMETER, "NECESSIDADE_CANCELADA"));
            quando(falhou(COMPROMETER, "NECESSIDADE_CANCELADA"), devolver());
            assertThat(conducao.state.settled()).isFalse();
            quando(reservaCancelada());
            mostra(COMPENSATED, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void unidades_diferentes_sao_uma_recusa() {
            ate(reservada());
            quando(
                    new CompromissoRecusado(NECESSIDADE, ID.titular(), "UNIDADE_DIFERENTE"),
                    new FalharEntrega(ID, COMPROMETER, "UNIDADE_DIFERENTE"));
        }

        @Test
        void compromete_nas_unidades_da_oferta() {
            ate(solicitada());
            var caixas = List.of(new Item("ARROZ", 4, "caixa"));
            quando(
                    new OfertaReservada(OFERTA, RESERVA, RAFA, caixas, RESERVA_ATE, ID.titular()),
                    new ComprometerNecessidade(NECESSIDADE, ID.titular(), caixas));
        }

        @Test
        void necessidade_que_nao_existe_conta_como_recusa() {
            ate(reservada());
            var step = saga.refused(conducao.state, comprometer(), "NOT_FOUND");
            assertThat(step.orders()).containsExactly(Order.now(new FalharEntrega(ID, COMPROMETER, "NOT_FOUND")));
            quando(falhou(COMPROMETER, "NOT_FOUND"), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void concedida_tarde_e_devolvida() {
            ate(
                    solicitada(),
                    reservada(),
                    new CompromissoRecusado(NECESSIDADE, ID.titular(), "X"),
                    falhou(COMPROMETER, "X"),
                    reservaCancelada());
            quando(comprometida(), liberar());
            quando(liberada());
            acabou();
        }
    }

    @Nested
    class Sem_voluntario {
        @Test
        void ele_recusa_e_tudo_volta_de_tras_para_a_frente() {
            ate(notificado());
            quando(new EntregaRecusada(ID, RAFA, "sem carro"), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, FAILED, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void recusa_antes_da_notificacao() {
            ate(atribuida());
            quando(new EntregaRecusada(ID, RAFA, "sem carro"), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, FAILED, PENDING, PENDING, PENDING, PENDING);
        }

        @Test
        void ele_cala_e_o_prazo_chega() {
            ate(comprometida());
            assertThat(conducao.receber(atribuida())).contains(prazoDoAceite());
            conducao.receber(notificado());
            quando(falhou(ACEITAR, "VOLUNTARIO_NAO_RESPONDEU"), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, FAILED, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void o_prazo_chega_antes_da_notificacao() {
            ate(atribuida());
            quando(falhou(ACEITAR, "VOLUNTARIO_NAO_RESPONDEU"), liberar());
            mostra(DONE, DONE, DONE, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING);
        }

        @Test
        void a_folga_da_reserva_sobra_depois_do_prazo_do_aceite() {
            ate(reservada());
            quando(comprometida(), new CriarAssignment(ID, RESERVA_ATE.minus(EntregaPrazos.FOLGA)));
        }
    }

    @Nested
    class Cancelada_por_uma_pessoa {
        @Test
        void espera_a_resposta_da_oferta_e_devolve_o_que_ela_concedeu() {
            ate(solicitada());
            quando(cancelada(null));
            mostra(RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(reservada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void espera_a_resposta_da_oferta_e_nada_ha_a_devolver() {
            ate(solicitada(), cancelada(null));
            quando(new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "OFERTA_EXPIRADA"));
            mostra(FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void espera_a_resposta_da_necessidade() {
            ate(reservada(), cancelada(null));
            mostra(DONE, RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(comprometida(), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void espera_a_recusa_da_necessidade() {
            ate(reservada(), cancelada(null));
            quando(new CompromissoRecusado(NECESSIDADE, ID.titular(), "ACIMA_DO_PENDENTE"), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void enquanto_se_atribui() {
            ate(comprometida());
            quando(cancelada(null), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_do_aceite_espera_a_confirmacao() {
            ate(aceita());
            quando(cancelada(null));
            quando(confirmada(), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, COMPENSATED, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_do_inicio_com_a_carga_de_volta() {
            ate(iniciada());
            quando(cancelada(true), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, COMPENSATED, FAILED, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_do_inicio_sem_a_carga() {
            ate(iniciada());
            quando(cancelada(false), liberar());
            quando(liberada(), baixar(Outcome.LOST));
            quando(baixada(Outcome.LOST));
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, COMPENSATED, FAILED, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_do_inicio_sem_a_carga_antes_da_confirmacao() {
            ate(aceita(), iniciada());
            quando(cancelada(false));
            quando(confirmada(), liberar());
            quando(liberada(), baixar(Outcome.LOST));
            quando(baixada(Outcome.LOST));
            acabou();
        }

        @Test
        void o_que_a_espera_da_confirmacao_nao_conseguiu_ja_nao_se_devolve() {
            ate(aceita(), iniciada(), cancelada(false), vencida());
            quando(new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "RESERVA_ENCERRADA"), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, FAILED, PENDING, PENDING, PENDING);
            acabou();
        }
    }

    @Nested
    class Necessidade_cancelada {
        @Test
        void antes_do_inicio_cancela_a_entrega() {
            ate(confirmada());
            quando(necessidadeCancelada(), new CancelarEntrega(ID, "NECESSIDADE_CANCELADA", null));
            quando(new EntregaCancelada(ID, "NECESSIDADE_CANCELADA", null), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, COMPENSATED, FAILED, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_do_inicio_as_unidades_ficam_reservadas_ate_alguem_dizer() {
            ate(iniciada());
            quando(necessidadeCancelada(), new CancelarEntrega(ID, "NECESSIDADE_CANCELADA", null));
            var step = saga.refused(
                    conducao.state,
                    new CancelarEntrega(ID, "NECESSIDADE_CANCELADA", null),
                    "DESTINO_DA_CARGA_OBRIGATORIO");
            assertThat(step.orders()).isEmpty();
            assertThat(step.state()).isEqualTo(conducao.state);
            quando(cancelada(true), liberar());
        }

        @Test
        void depois_do_inicio_ainda_pode_chegar() {
            ate(iniciada(), necessidadeCancelada());
            quando(concluida(), baixar(Outcome.DELIVERED));
            quando(baixada(Outcome.DELIVERED), new AtenderNecessidade(NECESSIDADE, ID.titular(), CHEGADA));
            quando(atendida());
            acabou();
        }

        @Test
        void depois_do_inicio_sem_resposta_ate_o_prazo_esta_perdida() {
            ate(iniciada(), necessidadeCancelada());
            quando(falhou(RASTREAR, "PRAZO_DE_ENTREGA_VENCIDO"), liberar());
            quando(liberada(), baixar(Outcome.LOST));
        }

        @Test
        void ja_desfazendo_nada_muda() {
            ate(iniciada(), cancelada(true));
            var antes = conducao.state;
            quando(necessidadeCancelada(), liberar());
            assertThat(conducao.state).isEqualTo(antes);
        }
    }

    @Nested
    class Nunca_concluida {
        @Test
        void com_a_carga_esta_perdida() {
            ate(notificado());
            assertThat(conducao.receber(aceita())).contains(prazoDaEntrega());
            conducao.receber(confirmada());
            conducao.receber(iniciada());
            quando(falhou(RASTREAR, "PRAZO_DE_ENTREGA_VENCIDO"), liberar());
            quando(liberada(), baixar(Outcome.LOST));
            quando(baixada(Outcome.LOST));
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, COMPENSATED, FAILED, PENDING, PENDING);
            acabou();
        }

        @Test
        void sem_ter_comecado_a_carga_volta() {
            ate(confirmada());
            quando(falhou(RASTREAR, "PRAZO_DE_ENTREGA_VENCIDO"), liberar());
            quando(liberada(), devolver());
            quando(reservaCancelada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, COMPENSATED, FAILED, PENDING, PENDING);
            acabou();
        }
    }

    @Nested
    class Reserva_vencida_antes_da_hora {
        @Test
        void enquanto_se_compromete() {
            ate(reservada());
            quando(vencida(), new FalharEntrega(ID, COMPROMETER, "RESERVA_EXPIRADA"));
            quando(falhou(COMPROMETER, "RESERVA_EXPIRADA"));
            mostra(COMPENSATED, RUNNING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            quando(comprometida(), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void enquanto_se_compromete_e_a_necessidade_recusa() {
            ate(reservada(), vencida(), falhou(COMPROMETER, "RESERVA_EXPIRADA"));
            quando(new CompromissoRecusado(NECESSIDADE, ID.titular(), "ACIMA_DO_PENDENTE"));
            mostra(COMPENSATED, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void enquanto_se_atribui() {
            ate(comprometida());
            quando(vencida(), new FalharEntrega(ID, ATRIBUIR, "RESERVA_EXPIRADA"));
            quando(falhou(ATRIBUIR, "RESERVA_EXPIRADA"), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void enquanto_se_notifica() {
            ate(atribuida());
            quando(vencida(), new FalharEntrega(ID, NOTIFICAR, "RESERVA_EXPIRADA"));
            quando(falhou(NOTIFICAR, "RESERVA_EXPIRADA"), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, DONE, FAILED, PENDING, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void enquanto_se_espera_o_aceite_porque_a_oferta_acabou() {
            ate(notificado());
            quando(vencida(), new FalharEntrega(ID, ACEITAR, "RESERVA_EXPIRADA"));
            quando(falhou(ACEITAR, "RESERVA_EXPIRADA"), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, FAILED, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void quem_aceitou_antes_ganha_da_falha_e_a_oferta_decide() {
            ate(notificado());
            quando(vencida(), new FalharEntrega(ID, ACEITAR, "RESERVA_EXPIRADA"));
            quando(aceita(), Order.now(confirmar()), prazoDaEntrega());
            quando(reservada());
            quando(confirmada());
            mostra(DONE, DONE, DONE, DONE, DONE, DONE, RUNNING, PENDING, PENDING);
        }

        @Test
        void enquanto_se_desfaz_nada_mais_ha_a_devolver() {
            ate(notificado(), new EntregaRecusada(ID, RAFA, "sem carro"));
            quando(vencida(), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, FAILED, PENDING, PENDING, PENDING, PENDING);
            acabou();
        }
    }

    @Nested
    class Confirmacao_recusada {
        private final ReservaRecusada recusa = new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "RESERVA_ENCERRADA");

        @Test
        void antes_do_inicio_falha() {
            ate(aceita());
            quando(vencida());
            quando(recusa, new FalharEntrega(ID, CONFIRMAR, "RESERVA_ENCERRADA"));
            quando(falhou(CONFIRMAR, "RESERVA_ENCERRADA"), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, FAILED, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_do_inicio_falha_sem_ter_o_que_baixar() {
            ate(aceita(), iniciada(), vencida());
            quando(recusa, new FalharEntrega(ID, CONFIRMAR, "RESERVA_ENCERRADA"));
            quando(falhou(CONFIRMAR, "RESERVA_ENCERRADA"), liberar());
            quando(liberada());
            mostra(COMPENSATED, COMPENSATED, DONE, DONE, DONE, FAILED, PENDING, PENDING, PENDING);
            acabou();
        }

        @Test
        void depois_da_conclusao_a_necessidade_ainda_e_atendida() {
            ate(aceita(), iniciada(), vencida(), concluida());
            quando(recusa, new AtenderNecessidade(NECESSIDADE, ID.titular(), CHEGADA));
            mostra(COMPENSATED, DONE, DONE, DONE, DONE, FAILED, DONE, FAILED, RUNNING);
            quando(atendida());
            mostra(COMPENSATED, DONE, DONE, DONE, DONE, FAILED, DONE, FAILED, DONE);
            acabou();
        }

        @Test
        void a_conclusao_que_ganha_da_falha_ainda_atende_a_necessidade() {
            ate(aceita(), iniciada(), vencida());
            quando(recusa, new FalharEntrega(ID, CONFIRMAR, "RESERVA_ENCERRADA"));
            quando(concluida(), new AtenderNecessidade(NECESSIDADE, ID.titular(), CHEGADA));
            mostra(COMPENSATED, DONE, DONE, DONE, DONE, FAILED, DONE, FAILED, RUNNING);
            quando(atendida());
            acabou();
        }
    }

    @Nested
    class Repetidos {
        private final List<List<DomainEvent>> historias = List.of(
                felizes(),
                List.of(solicitada(), new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "X"), falhou(RESERVAR, "X")),
                List.of(
                        solicitada(),
                        reservada(),
                        new CompromissoRecusado(NECESSIDADE, ID.titular(), "X"),
                        falhou(COMPROMETER, "X"),
                        reservaCancelada()),
                List.of(
                        solicitada(),
                        reservada(),
                        comprometida(),
                        atribuida(),
                        new EntregaRecusada(ID, RAFA, "sem carro"),
                        liberada(),
                        reservaCancelada()),
                List.of(
                        solicitada(),
                        reservada(),
                        comprometida(),
                        atribuida(),
                        notificado(),
                        aceita(),
                        vencida(),
                        reservada(),
                        confirmada(),
                        iniciada(),
                        necessidadeCancelada(),
                        cancelada(false),
                        liberada(),
                        baixada(Outcome.LOST)),
                List.of(
                        solicitada(),
                        reservada(),
                        comprometida(),
                        atribuida(),
                        aceita(),
                        iniciada(),
                        vencida(),
                        concluida(),
                        new ReservaRecusada(OFERTA, RESERVA, ID.titular(), "RESERVA_ENCERRADA"),
                        atendida()));

        @Test
        void cada_evento_duas_vezes_seguidas_da_no_mesmo() {
            for (var historia : historias) {
                var uma = percorrer(historia);
                for (int i = 0; i < historia.size(); i++) {
                    var dobrada = new ArrayList<>(historia);
                    dobrada.add(i, historia.get(i));
                    mesmoFim(uma, percorrer(dobrada));
                }
            }
        }

        @Test
        void cada_evento_do_caminho_feliz_repetido_mais_tarde_da_no_mesmo() {
            var uma = percorrer(felizes());
            for (int i = 0; i < felizes().size(); i++) {
                for (int j = i + 1; j <= felizes().size(); j++) {
                    var dobrada = new ArrayList<>(felizes());
                    dobrada.add(j, felizes().get(i));
                    mesmoFim(uma, percorrer(dobrada));
                }
            }
        }

        /// Nothing is sent that was not sent anyhow, but what gives back late grants: that finds nothing of the kind.
        private void mesmoFim(Conducao uma, Conducao duas) {
            assertThat(duas.estados()).as("%s", duas.events).isEqualTo(uma.estados());
            assertThat(duas.state.settled()).as("%s", duas.events).isTrue();
            var inofensivas = new ArrayList<>(uma.orders);
            inofensivas.add(Order.now(devolver()));
            inofensivas.add(Order.now(liberar()));
            assertThat(inofensivas).as("%s", duas.events).containsAll(duas.orders);
        }

        private Conducao percorrer(List<? extends DomainEvent> events) {
            var fresh = new Conducao();
            events.forEach(fresh::receber);
            return fresh;
        }
    }

    /// Feeds the saga, and saves and loads its state between any two events, as the kernel does.
    private final class Conducao {
        private final List<DomainEvent> events = new ArrayList<>();
        private final List<Order> orders = new ArrayList<>();
        private EmCurso state;

        List<Order> receber(DomainEvent event) {
            events.add(event);
            assertThat(saga.keysOf(event)).containsExactly(ID.value());
            var step = saga.on(state, event, meta(INICIO.plusSeconds(events.size())));
            var restored = JSON.readValue(JSON.writeValueAsString(step.state()), saga.state());
            assertThat(restored).isEqualTo(step.state());
            state = restored;
            orders.addAll(step.orders());
            return step.orders();
        }

        List<Passo.Estado> estados() {
            return state.andamento().steps().stream().map(Passo.Etapa::state).toList();
        }
    }

    private void quando(DomainEvent event, DomainCommand... commands) {
        assertThat(conducao.receber(event))
                .containsExactlyElementsOf(
                        List.of(commands).stream().map(Order::now).toList());
    }

    private void quando(DomainEvent event, Order first, Order... others) {
        var expected = new ArrayList<>(List.of(first));
        expected.addAll(List.of(others));
        assertThat(conducao.receber(event)).containsExactlyElementsOf(expected);
    }

    /// What the nine steps show, in their order.
    private void mostra(Passo.Estado... estados) {
        assertThat(conducao.estados()).containsExactly(estados);
    }

    private void acabou() {
        assertThat(conducao.state.settled()).isTrue();
    }

    /// As far as that event of the way that ends well, then these.
    private void ate(DomainEvent last, DomainEvent... then) {
        var way = felizes();
        way.subList(0, way.indexOf(last) + 1).forEach(conducao::receber);
        List.of(then).forEach(conducao::receber);
    }

    private static List<DomainEvent> felizes() {
        return List.of(
                solicitada(),
                reservada(),
                comprometida(),
                atribuida(),
                notificado(),
                aceita(),
                confirmada(),
                iniciada(),
                emRota(),
                concluida(),
                baixada(Outcome.DELIVERED),
                atendida());
    }

    private static EntregaSolicitada solicitada() {
        return new EntregaSolicitada(ID, OFERTA, NECESSIDADE, RAFA, PEDIDOS, RESERVA);
    }

    private static ReservarOferta reservar() {
        return new ReservarOferta(
                OFERTA, RESERVA, RAFA, PEDIDOS, ID.titular(), Duration.ofMinutes(16), INICIO.plusSeconds(1));
    }

    private static OfertaReservada reservada() {
        return new OfertaReservada(OFERTA, RESERVA, RAFA, ITENS, RESERVA_ATE, ID.titular());
    }

    private static ReservaExpirada vencida() {
        return new ReservaExpirada(OFERTA, RESERVA, ITENS, ID.titular());
    }

    private static CancelarReserva devolver() {
        return new CancelarReserva(OFERTA, RESERVA, ID.titular());
    }

    private static ReservaCancelada reservaCancelada() {
        return new ReservaCancelada(OFERTA, RESERVA, ITENS, ID.titular());
    }

    private static ComprometerNecessidade comprometer() {
        return new ComprometerNecessidade(NECESSIDADE, ID.titular(), ITENS);
    }

    private static NecessidadeComprometida comprometida() {
        return new NecessidadeComprometida(NECESSIDADE, ID.titular(), ITENS);
    }

    private static LiberarCompromisso liberar() {
        return new LiberarCompromisso(NECESSIDADE, ID.titular());
    }

    private static CompromissoLiberado liberada() {
        return new CompromissoLiberado(NECESSIDADE, ID.titular(), ITENS);
    }

    private static NecessidadeCancelada necessidadeCancelada() {
        return new NecessidadeCancelada(NECESSIDADE, "o abrigo fechou", List.of(ID.titular()));
    }

    private static AssignmentCriado atribuida() {
        return new AssignmentCriado(ID, RAFA, ACEITE_ATE);
    }

    private static VoluntarioNotificado notificado() {
        return new VoluntarioNotificado(ID, RAFA);
    }

    private static Order prazoDoAceite() {
        return Order.at(ACEITE_ATE, new FalharEntrega(ID, ACEITAR, "VOLUNTARIO_NAO_RESPONDEU"));
    }

    private static EntregaAceita aceita() {
        return new EntregaAceita(ID, RAFA, PRAZO);
    }

    private static ConfirmarReserva confirmar() {
        return new ConfirmarReserva(OFERTA, RESERVA, ID.titular());
    }

    private static Order prazoDaEntrega() {
        return Order.at(PRAZO, new FalharEntrega(ID, RASTREAR, "PRAZO_DE_ENTREGA_VENCIDO"));
    }

    private static ReservaConfirmada confirmada() {
        return new ReservaConfirmada(OFERTA, RESERVA, ID.titular());
    }

    private static EntregaIniciada iniciada() {
        return new EntregaIniciada(ID, RAFA, OFERTA, NECESSIDADE, PEDIDOS, null);
    }

    private static EntregaEmRota emRota() {
        return new EntregaEmRota(ID, RAFA, -30.0, -51.2, null);
    }

    private static EntregaConcluida concluida() {
        return new EntregaConcluida(ID, RECEBEDORA, "000042", CHEGADA);
    }

    private static BaixarReserva baixar(Outcome outcome) {
        return new BaixarReserva(OFERTA, RESERVA, ID.titular(), outcome);
    }

    private static ReservaBaixada baixada(Outcome outcome) {
        return new ReservaBaixada(OFERTA, RESERVA, ITENS, ID.titular(), outcome);
    }

    private static NecessidadeAtendida atendida() {
        return new NecessidadeAtendida(NECESSIDADE, ID.titular(), ITENS, CHEGADA);
    }

    private static EntregaFalhou falhou(Passo step, String reason) {
        return new EntregaFalhou(ID, step, reason);
    }

    private static EntregaCancelada cancelada(Boolean goodsReturned) {
        return new EntregaCancelada(ID, "engano", goodsReturned);
    }

    private static EventMeta meta(Instant timestamp) {
        return new EventMeta(
                1, "e", "x", "1", "entrega", ID.stored(), 0, timestamp, RAFA, Actors.ORGANIZATION, null, null, null);
    }
}
