package mutirao.entrega.command;

import static mutirao.api.Linha.find;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Patch;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaCommand;
import mutirao.entrega.api.EntregaCommand.*;
import mutirao.entrega.api.EntregaEvent.EntregaSolicitada;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeCommand.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaCommand.*;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.identity.Role;
import mutirao.platform.test.Elenco;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Thousands of random histories of offers, needs and deliveries. `-Dsimulacao.semente=<n> -Dsimulacao.historias=1`
/// repeats the one that failed.
class EntregaSimulacaoTest {
    private static final int HISTORIAS = Integer.getInteger("simulacao.historias", 3000);
    private static final long SEMENTE = Long.getLong("simulacao.semente", 20_260_302L);
    private static final UUID RECEBEDORA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final Local LUGAR = new Local("Galpao", null, null);
    private static final List<List<String>> GRAFIAS = List.of(
            List.of("Arroz", " ARROZ", "arroz "),
            List.of("\u00c1gua mineral", "\u00e1gua  MINERAL", "A\u0301gua mineral"),
            List.of("Feij\u00e3o", "feij\u00c3o", "FEIJ\u00c3O"));

    private final Mundo mundo = new Mundo();
    private final Map<String, Integer> vistos = new TreeMap<>();
    private SplittableRandom random = new SplittableRandom();
    private Contas contas = new Contas();
    private List<UUID> voluntarios = List.of();
    private double crash;
    private double twice;
    private boolean calm;
    private int pace;

    @Test
    void cada_unidade_esta_em_um_so_lugar_e_nada_fica_pela_metade() {
        for (int i = 0; i < HISTORIAS; i++) {
            historia(SEMENTE + i);
        }
        mundo.acidentes().forEach((what, times) -> vistos.merge(what, times, Integer::sum));
        if (HISTORIAS >= 3000) {
            assertThat(vistos.keySet())
                    .as("the simulation saw every exit: %s", vistos)
                    .contains(
                            "CONCLUIDA",
                            "CANCELADA",
                            "CANCELADA de volta",
                            "CANCELADA perdida",
                            "FALHOU RESERVAR QUANTIDADE_INDISPONIVEL",
                            "FALHOU RESERVAR OFERTA_EXPIRADA",
                            "FALHOU RESERVAR OFERTA_CANCELADA",
                            "FALHOU RESERVAR RESERVA_DESCONHECIDA",
                            "FALHOU RESERVAR RESERVA_ENCERRADA",
                            "FALHOU RESERVAR RESERVA_DE_ENTREGA",
                            "FALHOU RESERVAR RESERVA_DE_OUTRO_VOLUNTARIO",
                            "FALHOU COMPROMETER ACIMA_DO_PENDENTE",
                            "FALHOU COMPROMETER ITEM_DESCONHECIDO",
                            "FALHOU COMPROMETER UNIDADE_DIFERENTE",
                            "FALHOU COMPROMETER NECESSIDADE_CANCELADA",
                            "FALHOU COMPROMETER NECESSIDADE_EXPIRADA",
                            "FALHOU COMPROMETER RESERVA_EXPIRADA",
                            "FALHOU ACEITAR RESERVA_EXPIRADA",
                            "FALHOU ACEITAR VOLUNTARIO_NAO_RESPONDEU",
                            "FALHOU CONFIRMAR RESERVA_ENCERRADA",
                            "FALHOU RASTREAR PRAZO_DE_ENTREGA_VENCIDO",
                            "baixada DELIVERED",
                            "baixada LOST",
                            "codigo bloqueado",
                            "comando repetido",
                            "concluida sem baixa",
                            "confirmacao recusada",
                            "lote desfeito",
                            "necessidade cancelada com a carga na rua",
                            "restaurada",
                            "tomada");
        }
    }

    private void historia(long seed) {
        random = new SplittableRandom(seed);
        contas = new Contas();
        mundo.comecar(random.split());
        int step = 0;
        try {
            preparar();
            for (int steps = 30 + random.nextInt(31); step < steps; step++) {
                passo();
                contas.conferir(mundo.log());
            }
            aquietar();
            contas.encerrar(mundo.sagas());
            contas.vistos.forEach((what, times) -> vistos.merge(what, times, Integer::sum));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "-Dsimulacao.semente=%d -Dsimulacao.historias=1, step %d: %s%n%s"
                            .formatted(seed, step, e.getMessage(), Contas.fimDoLog(mundo.log(), 80)),
                    e);
        }
    }

    private void preparar() {
        voluntarios = List.of(id(), id(), id());
        crash = um(0.0, 0.1, 0.3);
        twice = um(0.0, 0.1, 0.3);
        calm = chance(0.5);
        pace = andamento();
        for (int i = 0, n = 1 + random.nextInt(3); i < n; i++) {
            mundo.mandar(new PublicarOferta(
                    new OfertaId(id()),
                    Categoria.ALIMENTO,
                    itens(14),
                    id(),
                    LUGAR,
                    mundo.agora().plus(um(Duration.ofMinutes(20), Duration.ofDays(2), Duration.ofDays(3))),
                    Map.of()));
        }
        for (int i = 0, n = 1 + random.nextInt(3); i < n; i++) {
            mundo.mandar(new CriarNecessidade(
                    new NecessidadeId(id()),
                    Categoria.ALIMENTO,
                    itens(14),
                    LUGAR,
                    id(),
                    Urgencia.ALTA,
                    chance(0.2) ? mundo.agora().plus(um(Duration.ofMinutes(20), Duration.ofDays(1))) : null,
                    Map.of()));
        }
        contas.conferir(mundo.log());
    }

    /// Somebody does something, time passes, and the kernel gets on with it, or does not.
    private void passo() {
        if (chance(0.8)) {
            agir();
        }
        if (chance(calm ? 0.15 : 0.35)) {
            mundo.passar(intervalo());
        }
        if (chance(0.06)) {
            pace = andamento();
        }
        for (int i = 0, n = random.nextInt(pace + 1); i < n; i++) {
            contas.conferir(mundo.log());
            mover();
        }
    }

    /// How much the kernel gets done while people do one thing: from nothing to nearly everything.
    private int andamento() {
        return calm ? um(15, 40) : um(0, 1, 4, 15, 40);
    }

    private void mover() {
        switch (random.nextInt(5)) {
            case 0, 1 -> mundo.lerSaga(1 + random.nextInt(6), crash);
            case 2 -> mundo.lerPrazos(1 + random.nextInt(6));
            default -> mundo.trabalhar(twice);
        }
    }

    private Duration intervalo() {
        return switch (random.nextInt(16)) {
            case 0 -> Duration.ofMinutes(calm ? 1 : 15);
            case 1 -> Duration.ofMinutes(17);
            case 2 -> Duration.ofHours(1 + random.nextInt(3));
            case 3 -> chance(0.2) ? Duration.ofHours(25) : Duration.ofMinutes(5);
            default -> Duration.ofSeconds(random.nextInt(90));
        };
    }

    /// Everything that is on its way arrives, and every deadline passes.
    private void aquietar() {
        for (int i = 0; i < 20_000; i++) {
            contas.conferir(mundo.log());
            if (!mundo.emDia()) {
                mundo.lerSaga(1 + random.nextInt(20), crash);
                mundo.lerPrazos(1 + random.nextInt(20));
            } else if (!mundo.trabalhar(twice)) {
                contas.repousar(mundo.agora(), mundo.sagas());
                var next = mundo.proximo();
                if (next.isEmpty()) {
                    return;
                }
                mundo.passar(Duration.between(mundo.agora(), next.get()).plusSeconds(random.nextInt(60)));
            }
        }
        throw new AssertionError("it never comes to rest");
    }

    private void agir() {
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5, 6 -> solicitar();
            case 7, 8 -> qualquer();
            case 9, 10, 11 -> segurar();
            case 12 -> soltar();
            case 13 -> mudarOferta();
            case 14 -> mudarNecessidade();
            case 15 -> {
                if (chance(0.4)) {
                    desistir();
                }
            }
            default -> seguir();
        }
    }

    private void solicitar() {
        if (contas.entregas.size() >= 6) {
            seguir();
            return;
        }
        var oferta = escolher(List.copyOf(contas.ofertas.keySet()));
        var reserva = chance(0.35) ? reservaQualquer(oferta) : null;
        var held = reserva == null ? null : contas.ofertas.get(oferta).reservas.get(reserva);
        mundo.mandar(new SolicitarEntrega(
                new EntregaId(id()),
                chance(0.02) ? new OfertaId(id()) : oferta,
                chance(0.02) ? new NecessidadeId(id()) : escolher(List.copyOf(contas.necessidades.keySet())),
                held == null || chance(0.2) ? escolher(voluntarios) : held.volunteer(),
                quantias(oferta),
                reserva));
    }

    /// One that somebody holds, if any; now and then one that nobody knows.
    private @Nullable UUID reservaQualquer(OfertaId oferta) {
        if (chance(0.05)) {
            return id();
        }
        var held = List.copyOf(contas.ofertas.get(oferta).reservas.keySet());
        return held.isEmpty() ? null : escolher(held);
    }

    /// What comes next for a delivery.
    private void seguir() {
        var underWay = contas.entregas.keySet().stream()
                .filter(id -> !contas.entregas.get(id).status.encerrada())
                .toList();
        if (underWay.isEmpty()) {
            return;
        }
        var id = escolher(underWay);
        var delivery = contas.entregas.get(id);
        if (delivery.andamento.running(Passo.CONFIRMAR) && chance(0.3)) {
            furar(delivery.pedido);
            return;
        }
        switch (delivery.status) {
            case ATRIBUIDA -> mandar(chance(0.9) ? new AceitarEntrega(id) : new RecusarEntrega(id, "sem carro"));
            case ACEITA -> mandar(chance(0.95) ? new IniciarEntrega(id, null) : cancelar(id));
            case INICIADA, EM_ROTA -> naRua(id, delivery);
            case SOLICITADA, CONCLUIDA, FALHOU, CANCELADA -> {
                if (chance(0.02)) {
                    mandar(cancelar(id));
                }
            }
        }
    }

    /// The hold of a delivery that waits for its confirmation lapses, and somebody else takes its units.
    private void furar(EntregaSolicitada pedido) {
        var offer = contas.ofertas.get(pedido.ofertaId());
        var held = offer.reservas.get(pedido.reservaId());
        if (held == null) {
            return;
        }
        mundo.passar(Duration.ofMinutes(17));
        var taken = held.items().stream()
                .map(item -> new Quantia(
                        item.item(),
                        item.quantity()
                                + find(offer.lines, item.item()).orElseThrow().available()))
                .toList();
        mundo.mandar(new ReservarOferta(pedido.ofertaId(), id(), escolher(voluntarios), taken, null, null, null));
    }

    private void naRua(EntregaId id, Contas.Entrega delivery) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> mandar(new RegistrarPosicao(id, -30, -51, null));
            case 3, 4, 5 -> mandar(concluir(id, Mundo.CODIGO.of(id, delivery.codeCounter)));
            case 6 -> mandar(cancelar(id));
            default -> {
                for (int i = 0, n = 1 + random.nextInt(5); i < n; i++) {
                    mandar(concluir(id, "errado"));
                }
                if (chance(0.5)) {
                    mandar(new RenovarCodigo(id));
                }
            }
        }
    }

    /// As its volunteer, but for what is the coordination's.
    private void mandar(EntregaCommand command) {
        if (command instanceof RenovarCodigo) {
            mundo.mandar(command);
        } else {
            var volunteer = contas.entregas.get(command.id()).pedido.volunteerId();
            mundo.mandar(command, Elenco.pessoa(volunteer, Role.VOLUNTARIO));
        }
    }

    private static ConcluirEntrega concluir(EntregaId id, String code) {
        return new ConcluirEntrega(id, RECEBEDORA, code, null);
    }

    private CancelarEntrega cancelar(EntregaId id) {
        return new CancelarEntrega(id, "engano", goods());
    }

    private @Nullable Boolean goods() {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1, 2 -> true;
            default -> false;
        };
    }

    /// Anything at all, also what makes no sense now.
    private void qualquer() {
        if (contas.entregas.isEmpty()) {
            return;
        }
        var id = escolher(List.copyOf(contas.entregas.keySet()));
        List<EntregaCommand> all = List.of(
                new AceitarEntrega(id),
                new RecusarEntrega(id, "sem carro"),
                new IniciarEntrega(id, null),
                new IniciarEntrega(id, Mundo.INICIO),
                new RegistrarPosicao(id, -30, -51, null),
                concluir(id, Mundo.CODIGO.of(id, random.nextInt(2))),
                new RenovarCodigo(id),
                cancelar(id));
        mandar(escolher(all));
    }

    private void segurar() {
        var oferta = escolher(List.copyOf(contas.ofertas.keySet()));
        var reserva = Optional.ofNullable(chance(0.1) ? reservaQualquer(oferta) : null)
                .orElseGet(this::id);
        var items = chance(0.1) ? tudo(oferta) : quantias(oferta);
        if (!items.isEmpty()) {
            mundo.mandar(new ReservarOferta(oferta, reserva, escolher(voluntarios), items, null, null, null));
        }
    }

    private List<Quantia> tudo(OfertaId oferta) {
        return contas.ofertas.get(oferta).lines.stream()
                .filter(line -> line.available() > 0)
                .map(line -> new Quantia(line.item(), line.available()))
                .toList();
    }

    private void soltar() {
        var oferta = escolher(List.copyOf(contas.ofertas.keySet()));
        Optional.ofNullable(reservaQualquer(oferta))
                .ifPresent(reserva -> mundo.mandar(new CancelarReserva(oferta, reserva, null)));
    }

    private void mudarOferta() {
        var oferta = escolher(List.copyOf(contas.ofertas.keySet()));
        var ate = mundo.agora().plus(um(Duration.ofMinutes(5), Duration.ofHours(3), Duration.ofDays(2)));
        mundo.mandar(new AtualizarOferta(
                oferta, null, chance(0.6) ? itens(14) : null, null, chance(0.4) ? ate : null, null));
    }

    private void mudarNecessidade() {
        var necessidade = escolher(List.copyOf(contas.necessidades.keySet()));
        var ate = new Patch<>(mundo.agora().plus(um(Duration.ofMinutes(5), Duration.ofHours(3), Duration.ofDays(2))));
        mundo.mandar(new AtualizarNecessidade(
                necessidade, null, chance(0.6) ? itens(14) : null, null, null, chance(0.3) ? ate : null, null));
    }

    private void desistir() {
        if (chance(0.5)) {
            mundo.mandar(new CancelarOferta(escolher(List.copyOf(contas.ofertas.keySet())), "molhou"));
        } else {
            mundo.mandar(
                    new CancelarNecessidade(escolher(List.copyOf(contas.necessidades.keySet())), "o abrigo fechou"));
        }
    }

    private List<Item> itens(int most) {
        var items = new ArrayList<Item>();
        for (var grafias : GRAFIAS) {
            if (items.isEmpty() || chance(0.8)) {
                items.add(new Item(escolher(grafias), 1 + random.nextInt(most), chance(0.93) ? "kg" : "caixa"));
            }
        }
        return items;
    }

    /// Mostly of what is there.
    private List<Quantia> quantias(OfertaId oferta) {
        var lines = contas.ofertas.get(oferta).lines;
        var known = chance(0.9) && !lines.isEmpty() ? escolher(lines).key() : null;
        var first = known == null ? random.nextInt(GRAFIAS.size()) : grafia(known);
        var items = new ArrayList<>(List.of(new Quantia(escolher(GRAFIAS.get(first)), 1 + random.nextInt(4))));
        if (chance(0.25)) {
            items.add(new Quantia(escolher(GRAFIAS.get((first + 1) % GRAFIAS.size())), 1 + random.nextInt(3)));
        }
        return items;
    }

    private static int grafia(String key) {
        return IntStream.range(0, GRAFIAS.size())
                .filter(i -> Item.key(GRAFIAS.get(i).getFirst()).equals(key))
                .findFirst()
                .orElseThrow();
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private boolean chance(double p) {
        return random.nextDouble() < p;
    }

    @SafeVarargs
    private <T> T um(T... of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T escolher(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
