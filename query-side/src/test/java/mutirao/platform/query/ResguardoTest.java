package mutirao.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.api.Quantia;
import mutirao.api.Query;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.EntregaQuery.*;
import mutirao.entrega.api.EntregaResumo;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NecessidadePublica;
import mutirao.necessidade.api.NecessidadeQuery.*;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.oferta.api.OfertaQuery.*;
import mutirao.oferta.api.OfertaResumo;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Consulta;
import mutirao.platform.projection.Tabelas;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketId;
import mutirao.ticket.api.TicketQuery.*;
import mutirao.ticket.api.TicketResumo;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/// Within an organization too, exact places, contacts and whereabouts are shown to who needs them, and others cannot
/// find them out by searching.
@Consulta
class ResguardoTest {
    private static final PageRequest TUDO = new PageRequest(200, null, null);
    private static final Map<String, String> CONTATO = Map.of("contato", "Joana 51 99999");
    private static final Local CASA = new Local("Rua das Hortênsias 12", -29.98765, -51.12345);
    private static final Local DEPOSITO = new Local("Avenida Brasil 800", -30.01234, -51.20678);
    private static final Instant FIM = Instant.parse("2999-01-01T00:00:00Z");

    private final UUID organizacao = UUID.randomUUID();
    private final Actor quemPediu = alguem(Role.USUARIO);
    private final Actor quemOferece = alguem(Role.DOADOR);
    private final Actor voluntario = alguem(Role.VOLUNTARIO);
    private final Actor estranho = alguem(Role.VOLUNTARIO, Role.DOADOR, Role.USUARIO, Role.TECNICO);
    private final NecessidadeId necessidade = new NecessidadeId(UUID.randomUUID());
    private final OfertaId oferta = new OfertaId(UUID.randomUUID());
    private final EntregaId entrega = new EntregaId(UUID.randomUUID());
    private final TicketId ticket = new TicketId(UUID.randomUUID());
    private final Map<String, Long> versions = new HashMap<>();

    @Autowired
    Queries queries;

    @Autowired
    EventStore store;

    @Autowired
    Tabelas tabelas;

    @BeforeEach
    void uma_entrega_a_caminho() throws InterruptedException {
        var itens = List.of(new Item("Água", 10, "caixa"));
        var quantia = List.of(new Quantia("Água", 10));
        publicar(
                new NecessidadeCriada(
                        necessidade, Categoria.AGUA, itens, CASA, quemPediu.userId(), Urgencia.ALTA, null, CONTATO),
                new OfertaPublicada(oferta, Categoria.AGUA, itens, quemOferece.userId(), DEPOSITO, FIM, CONTATO),
                new EntregaSolicitada(entrega, oferta, necessidade, voluntario.userId(), quantia, entrega.value()),
                new EntregaAceita(entrega, voluntario.userId(), FIM),
                new EntregaIniciada(entrega, voluntario.userId(), oferta, necessidade, quantia, null),
                new EntregaEmRota(entrega, voluntario.userId(), -29.99, -51.15, null),
                new TicketCriado(
                        ticket, "senha", "não entro", "acesso", Prioridade.ALTA, quemPediu.userId(), null, FIM));
    }

    @Nested
    class O_lugar_exato_da_necessidade {
        @Test
        void e_de_quem_pediu_e_de_quem_leva() {
            assertThat(necessidade(quemPediu).location()).isEqualTo(CASA);
            assertThat(necessidade(quemPediu).metadata()).isEqualTo(CONTATO);
            assertThat(necessidade(voluntario).location()).isEqualTo(CASA);
            assertThat(listada(voluntario).location()).isEqualTo(CASA);
        }

        @ParameterizedTest
        @EnumSource(names = {"ADMIN", "COORDENADOR", "AUDITOR"})
        void e_da_coordenacao_e_da_auditoria(Role role) {
            assertThat(necessidade(alguem(role)).location()).isEqualTo(CASA);
            assertThat(listada(alguem(role)).metadata()).isEqualTo(CONTATO);
        }

        @Test
        void nao_e_dos_outros() {
            for (var outro : List.of(estranho, quemOferece)) {
                for (var vista : List.of(necessidade(outro), listada(outro))) {
                    assertThat(vista.location()).isEqualTo(new Local("", -29.99, -51.12));
                    assertThat(vista.metadata()).isEmpty();
                    assertThat(vista.items()).isNotEmpty();
                    assertThat(vista.creatorId()).isEqualTo(quemPediu.userId());
                }
            }
        }

        @Test
        void deixa_de_ser_de_quem_levou() throws InterruptedException {
            publicar(new EntregaConcluida(entrega, quemPediu.userId(), "123456", null));
            assertThat(necessidade(voluntario).location().name()).isEmpty();
            assertThat(necessidade(quemPediu).location()).isEqualTo(CASA);
        }

        @Test
        void nao_se_acha_procurando_palavras() {
            for (var palavra : List.of("hortensias", "joana", "99999")) {
                assertThat(procuradas(quemPediu, palavra, null)).containsExactly(necessidade.value());
                assertThat(procuradas(voluntario, palavra, null)).containsExactly(necessidade.value());
                assertThat(procuradas(estranho, palavra, null)).isEmpty();
            }
            assertThat(procuradas(estranho, "agua", null)).containsExactly(necessidade.value());
        }

        @Test
        void nao_se_acha_apertando_o_circulo() {
            var exato = new Perto(-29.98765, -51.12345, 0.05);
            var arredondado = new Perto(-29.99, -51.12, 0.05);
            assertThat(procuradas(voluntario, null, exato)).containsExactly(necessidade.value());
            assertThat(procuradas(voluntario, null, arredondado)).isEmpty();
            assertThat(procuradas(estranho, null, exato)).isEmpty();
            assertThat(procuradas(estranho, null, arredondado)).containsExactly(necessidade.value());
        }
    }

    @Nested
    class O_lugar_exato_da_oferta {
        @Test
        void e_de_quem_oferece_de_quem_leva_e_da_coordenacao() {
            for (var quem : List.of(quemOferece, voluntario, alguem(Role.COORDENADOR), alguem(Role.AUDITOR))) {
                assertThat(oferta(quem).location()).isEqualTo(DEPOSITO);
                assertThat(oferta(quem).metadata()).isEqualTo(CONTATO);
            }
        }

        @Test
        void nao_e_dos_outros_nem_na_lista_nem_entre_as_que_tem_o_item() {
            var listadas = ask(estranho, new ListarOfertas(null, null, quemOferece.userId(), null, null, null, TUDO));
            var comItem = ask(estranho, new ListarOfertasDe(Set.of("água"), Instant.EPOCH, null, 10));
            for (var vista : List.of(
                    oferta(estranho),
                    oferta(quemPediu),
                    listadas.items().getFirst(),
                    comItem.items().getFirst())) {
                assertThat(vista.location()).isEqualTo(new Local("", -30.01, -51.21));
                assertThat(vista.metadata()).isEmpty();
            }
        }

        @Test
        void nao_se_acha_procurando() {
            var exato = new Perto(-30.01234, -51.20678, 0.05);
            assertThat(ofertasEm(quemOferece, exato)).containsExactly(oferta.value());
            assertThat(ofertasEm(estranho, exato)).isEmpty();
            assertThat(ofertasEm(estranho, new Perto(-30.01, -51.21, 0.05))).containsExactly(oferta.value());
        }

        private List<UUID> ofertasEm(Actor quem, Perto circulo) {
            var listadas = ask(quem, new ListarOfertas(null, null, null, null, null, circulo, TUDO)).items().stream()
                    .map(OfertaResumo::id)
                    .toList();
            assertThat(ask(quem, new ListarOfertasDe(Set.of("agua"), Instant.EPOCH, circulo, 10))
                            .items())
                    .extracting(OfertaResumo::id)
                    .isEqualTo(listadas);
            return listadas;
        }
    }

    /// What a delivery shows its volunteer of the need and the offer that it joins.
    @Nested
    class Os_lugares_de_uma_entrega {
        private final Actor outro = alguem(Role.VOLUNTARIO);
        private final EntregaId pedida = new EntregaId(UUID.randomUUID());
        private final List<Quantia> quantia = List.of(new Quantia("Água", 1));

        @Test
        void nao_sao_de_quem_so_pediu_para_levar() throws InterruptedException {
            for (var ate : List.of(
                    new EntregaSolicitada(pedida, oferta, necessidade, outro.userId(), quantia, pedida.value()),
                    new AssignmentCriado(pedida, outro.userId(), FIM),
                    new VoluntarioNotificado(pedida, outro.userId()))) {
                publicar(ate);
                assertThat(lugares()).as("%s", ate).containsOnly("");
            }
            publicar(new EntregaRecusada(pedida, outro.userId(), "mudei de ideia"));
            assertThat(lugares()).containsOnly("");
        }

        @Test
        void sao_de_quem_aceitou_ate_o_fim() throws InterruptedException {
            publicar(new EntregaSolicitada(pedida, oferta, necessidade, outro.userId(), quantia, pedida.value()));
            for (var ate : List.of(
                    new EntregaAceita(pedida, outro.userId(), FIM),
                    new EntregaIniciada(pedida, outro.userId(), oferta, necessidade, quantia, null),
                    new EntregaEmRota(pedida, outro.userId(), -29.99, -51.15, null))) {
                publicar(ate);
                assertThat(lugares()).as("%s", ate).containsOnly(CASA.name(), DEPOSITO.name());
            }
            publicar(new EntregaConcluida(pedida, quemPediu.userId(), "123456", null));
            assertThat(lugares()).containsOnly("");
        }

        @Test
        void nao_sao_mais_de_quem_desistiu_nem_de_quem_falhou() throws InterruptedException {
            for (var fim : List.of(
                    new EntregaCancelada(pedida, "carro quebrado", null),
                    new EntregaFalhou(new EntregaId(UUID.randomUUID()), Passo.RASTREAR, "PRAZO"))) {
                publicar(
                        new EntregaSolicitada(
                                fim.id(),
                                oferta,
                                necessidade,
                                outro.userId(),
                                quantia,
                                fim.id().value()),
                        new EntregaAceita(fim.id(), outro.userId(), FIM));
                assertThat(lugares()).containsOnly(CASA.name(), DEPOSITO.name());
                publicar(fim);
                assertThat(lugares()).as("%s", fim).containsOnly("");
            }
        }

        /// The names of the places as they are read one by one, in a list and by what the offer has.
        private Set<String> lugares() {
            return Set.copyOf(List.of(
                    necessidade(outro).location().name(),
                    listada(outro).location().name(),
                    oferta(outro).location().name(),
                    ask(outro, new ListarOfertas(null, null, quemOferece.userId(), null, null, null, TUDO))
                            .items()
                            .getFirst()
                            .location()
                            .name(),
                    ask(outro, new ListarOfertasDe(Set.of("água"), Instant.EPOCH, null, 10))
                            .items()
                            .getFirst()
                            .location()
                            .name()));
        }
    }

    @Nested
    class A_entrega {
        @Test
        void e_de_quem_leva_de_quem_pediu_e_de_quem_oferece() {
            for (var quem : List.of(voluntario, quemPediu, quemOferece, alguem(Role.ADMIN), alguem(Role.AUDITOR))) {
                assertThat(entrega(quem)).isPresent();
                assertThat(entregas(quem)).containsExactly(entrega.value());
            }
        }

        @Test
        void para_os_outros_nao_existe() {
            for (var quem : List.of(estranho, alguem(Role.TECNICO), alguem(Role.OPERADOR))) {
                assertThat(entrega(quem)).isEmpty();
                assertThat(entregas(quem)).isEmpty();
            }
        }

        @Test
        void onde_o_voluntario_esta_so_sabe_quem_espera_por_ele() {
            for (var quem : List.of(voluntario, quemPediu, alguem(Role.COORDENADOR))) {
                assertThat(entrega(quem).orElseThrow().position()).isNotNull();
            }
            for (var quem : List.of(quemOferece, alguem(Role.AUDITOR))) {
                assertThat(entrega(quem).orElseThrow().position()).isNull();
            }
        }

        private Optional<EntregaResumo> entrega(Actor quem) {
            return ask(quem, new BuscarEntrega(entrega));
        }

        private List<UUID> entregas(Actor quem) {
            return ask(quem, new ListarEntregas(null, null, null, null, TUDO)).items().stream()
                    .map(EntregaResumo::id)
                    .toList();
        }
    }

    @Nested
    class O_ticket {
        @ParameterizedTest
        @EnumSource(names = {"TECNICO", "COORDENADOR", "ADMIN", "AUDITOR"})
        void e_do_suporte(Role role) {
            assertThat(tickets(alguem(role))).containsExactly(ticket.value());
        }

        @Test
        void e_de_quem_o_abriu_e_para_os_outros_nao_existe() {
            assertThat(tickets(quemPediu)).containsExactly(ticket.value());
            assertThat(ask(quemPediu, new BuscarTicket(ticket))).isPresent();
            for (var quem : List.of(voluntario, quemOferece)) {
                assertThat(tickets(quem)).isEmpty();
                assertThat(ask(quem, new BuscarTicket(ticket))).isEmpty();
            }
        }

        private List<UUID> tickets(Actor quem) {
            return ask(quem, new ListarTickets(null, null, null, null, null, TUDO)).items().stream()
                    .map(TicketResumo::id)
                    .toList();
        }
    }

    @Nested
    class A_necessidade_publica {
        @Test
        void e_vista_por_quem_nao_entrou_sem_nada_de_ninguem() throws InterruptedException {
            assertThat(publica()).isEmpty();
            publicar(new NecessidadePublicada(necessidade));
            assertThat(publica()).hasValueSatisfying(vista -> {
                assertThat(vista.location()).isEqualTo(new NecessidadePublica.Lugar(-29.99, -51.12));
                assertThat(vista.items()).containsExactly(new NecessidadePublica.Linha("Água", "caixa", 10, 10));
            });
            assertThat(necessidade(quemPediu).publica()).isTrue();
            publicar(new NecessidadeRecolhida(necessidade));
            assertThat(publica()).isEmpty();
            assertThat(necessidade(quemPediu).publica()).isFalse();
        }

        @Test
        void deixa_de_ser_vista_quando_termina() throws InterruptedException {
            publicar(new NecessidadePublicada(necessidade));
            assertThat(publica()).isPresent();
            publicar(new NecessidadeCancelada(necessidade, "mudou", List.of()));
            assertThat(publica()).isEmpty();
        }

        @Test
        void so_e_achada_pelo_lugar_arredondado() throws InterruptedException {
            publicar(new NecessidadePublicada(necessidade));
            assertThat(publica(new Perto(-29.98765, -51.12345, 0.05))).isEmpty();
            assertThat(publica(new Perto(-29.99, -51.12, 0.05))).isPresent();
        }

        private Optional<NecessidadePublica> publica() {
            return publica(null);
        }

        /// Asked by whoever; in this test's database others may have published something.
        private Optional<NecessidadePublica> publica(Perto circulo) {
            return queries
                    .ask(new ListarNecessidadesPublicas(Categoria.AGUA, Urgencia.ALTA, circulo, TUDO))
                    .items()
                    .stream()
                    .filter(vista -> vista.id().equals(necessidade.value()))
                    .findFirst();
        }
    }

    private NecessidadeResumo necessidade(Actor quem) {
        return ask(quem, new BuscarNecessidade(necessidade)).orElseThrow();
    }

    private NecessidadeResumo listada(Actor quem) {
        return necessidades(quem, null, null).items().getFirst();
    }

    private List<UUID> procuradas(Actor quem, String q, Perto circulo) {
        return necessidades(quem, q, circulo).items().stream()
                .map(NecessidadeResumo::id)
                .toList();
    }

    private Page<NecessidadeResumo> necessidades(Actor quem, String q, Perto circulo) {
        return ask(quem, new ListarNecessidades(null, null, null, null, q, circulo, TUDO));
    }

    private OfertaResumo oferta(Actor quem) {
        return ask(quem, new BuscarOferta(oferta)).orElseThrow();
    }

    private <R> R ask(Actor quem, Query<R> query) {
        try {
            return quem.does(() -> queries.ask(query));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Actor alguem(Role... roles) {
        var some = EnumSet.noneOf(Role.class);
        some.addAll(Arrays.asList(roles));
        return Actor.caller(UUID.randomUUID(), organizacao, some);
    }

    private void publicar(DomainEvent... events) throws InterruptedException {
        for (var event : events) {
            var version = versions.merge(event.id().stored(), 1L, Long::sum) - 1;
            store.publish(new GenericDomainEventMessage<>(
                    event.id().context(),
                    event.id().stored(),
                    version,
                    event,
                    MetaData.with("userId", quemPediu.userId().toString())
                            .and("organizationId", organizacao.toString())));
        }
        tabelas.emDia();
    }
}
