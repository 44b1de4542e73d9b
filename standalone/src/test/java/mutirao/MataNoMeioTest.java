package mutirao;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `kill -9` in the middle of work by sixteen clients: of the program, and of its database. Nothing acknowledged is
/// lost, nothing happens twice, and every saga comes to rest.
class MataNoMeioTest {
    private static final int CLIENTES = 16;
    private static final int VOLTAS = 4;
    private static final int ATE_MATAR = 110;
    private static final int ESCASSO = 5;
    private static final Duration SOSSEGO = PACIENCIA;

    @TempDir
    private static Path dir;

    private static Programa programa;

    @BeforeAll
    static void parte() throws Exception {
        programa = novo();
    }

    /// One that soon takes up the jobs whose connection died under them.
    private static Programa novo() throws Exception {
        return Programa.em(dir, "--mutirao.demo=false", "--db-scheduler.heartbeat-interval=1s");
    }

    @AfterAll
    static void para() throws Exception {
        programa.close();
    }

    @Test
    void o_programa() throws Exception {
        var trabalho = new Trabalho();
        trabalho.ateOMeio();
        programa.matar();
        trabalho.larga();
        assertThat(trabalho.respostas).as("killed before the end").hasSizeLessThan(trabalho.pedidos.size());

        programa = novo();
        trabalho.termina();
        trabalho.confere();
    }

    @Test
    void o_banco_enquanto_o_programa_fica() throws Exception {
        var trabalho = new Trabalho();
        trabalho.ateOMeio();
        var morto = programa.banco();
        morto.destroyForcibly();

        trabalho.termina();
        assertThat(programa.banco().pid()).isNotEqualTo(morto.pid());
        trabalho.confere();
    }

    /// A command with its key. Its id is the first of its body, so that what it did can be found.
    private record Pedido(String key, String path, String body, UUID id) {}

    /// What sixteen clients want done, and the answers they have got.
    private static final class Trabalho {
        final List<Pedido> pedidos = new ArrayList<>();
        final Map<Pedido, Api.Resposta> respostas = new ConcurrentHashMap<>();
        final Set<UUID> entregas = ConcurrentHashMap.newKeySet();
        final Set<String> estranhas = ConcurrentHashMap.newKeySet();
        private final UUID farta;
        private final List<UUID> escassas = new ArrayList<>();
        private final UUID necessidade;
        private final List<Queue<Pedido>> filas = new ArrayList<>();
        private final long inicio;
        private ExecutorService clientes = Executors.newVirtualThreadPerTaskExecutor();

        /// One offer has enough for every hold by hand, the others not quite for every delivery.
        Trabalho() {
            var api = programa.api();
            inicio = api.necessidade("pão", 10_000).com(201).position();
            necessidade = api.necessidade("água", 10_000).com(201).id();
            farta = api.oferta("Água", 10_000).com(201).id();
            for (int i = 0; i < CLIENTES / 2; i++) {
                escassas.add(api.oferta("ÁGUA", ESCASSO).com(201).id());
            }
            for (int cliente = 0; cliente < CLIENTES; cliente++) {
                var fila = new ConcurrentLinkedQueue<Pedido>();
                for (int volta = 0; volta < VOLTAS; volta++) {
                    fila.addAll(volta(cliente, volta));
                }
                filas.add(fila);
                pedidos.addAll(fila);
            }
        }

        /// Every second delivery is called off at once, wherever its saga is.
        private List<Pedido> volta(int cliente, int volta) {
            var entrega = UUID.randomUUID();
            entregas.add(entrega);
            var reserva = UUID.randomUUID();
            var feitos = new ArrayList<>(List.of(
                    novo("/api/necessidades", UUID.randomUUID(), """
                    {"id": "%s", "category": "AGUA", "items": [{"item": "água", "quantity": 5, "unit": "litro"}],
                     "location": {"name": "Abrigo"}, "urgency": "ALTA"}"""),
                    novo("/api/entregas", entrega, """
                    {"id": "%%s", "ofertaId": "%s", "necessidadeId": "%s", "volunteerId": "%s",
                     "items": [{"item": "água", "quantity": 1}]}""".formatted(
                                    escassas.get(cliente % escassas.size()), necessidade, Quem.TODOS.id())),
                    novo("/api/ofertas", UUID.randomUUID(), """
                    {"id": "%s", "category": "AGUA", "items": [{"item": "água", "quantity": 5, "unit": "litro"}],
                     "location": {"name": "Mercado"}, "availableUntil": "2999-01-01T00:00:00Z"}"""),
                    novo("/api/ofertas/" + farta + "/reservas", reserva, """
                    {"reservaId": "%%s", "volunteerId": "%s", "items": [{"item": "água", "quantity": 1}]}""".formatted(Quem.TODOS.id()))));
            if (volta % 2 == 1) {
                feitos.add(novo("/api/entregas/" + entrega + "/cancelamento", entrega, "{\"reason\": \"carro\"}"));
            }
            return feitos;
        }

        private static Pedido novo(String path, UUID id, String body) {
            return new Pedido(UUID.randomUUID().toString(), path, body.formatted(id), id);
        }

        /// Lets the clients work, and returns while they do.
        void ateOMeio() {
            var api = programa.api();
            for (var fila : filas) {
                clientes.execute(() -> trabalha(api, fila));
            }
            await().atMost(PACIENCIA).pollInterval(Duration.ofMillis(5)).until(() -> respostas.size() >= ATE_MATAR);
        }

        /// In order; what got no answer is left for later, and so is the rest.
        private void trabalha(Api api, Queue<Pedido> fila) {
            while (!fila.isEmpty() && tenta(api, fila.peek())) {
                fila.remove();
            }
        }

        private boolean tenta(Api api, Pedido pedido) {
            try {
                var answer = api.post(pedido.path, pedido.body, "Idempotency-Key", pedido.key);
                if (answer.status() == 503 || answer.code().equals("IDEMPOTENCY_KEY_IN_USE")) {
                    return false;
                }
                respostas.put(pedido, answer);
                if (answer.status() >= 300 && !answer.code().equals("ENTREGA_ENCERRADA")) {
                    estranhas.add(pedido + " -> " + answer.status() + " "
                            + answer.http().body());
                }
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        void larga() throws InterruptedException {
            clientes.close();
            clientes = Executors.newVirtualThreadPerTaskExecutor();
        }

        /// Repeats what has no answer, with the keys of before, until everything has.
        void termina() throws InterruptedException {
            larga();
            var api = programa.api();
            for (var fila : filas) {
                clientes.execute(() -> await().atMost(SOSSEGO)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> {
                            trabalha(api, fila);
                            return fila.isEmpty();
                        }));
            }
            clientes.close();
            assertThat(respostas).hasSameSizeAs(pedidos);
            assertThat(estranhas).isEmpty();
        }

        void confere() {
            var api = programa.api();
            await().atMost(SOSSEGO).pollInterval(Duration.ofMillis(200)).until(() -> sossegou(api));
            var eventos = eventos(api);
            cadaPedidoUmaVez(api, eventos);
            tudoSeSoma(api, eventos);
            assertThat(api.get("/api/mensagens-mortas").com(200).json().get("items"))
                    .isEmpty();
            projecoesIguais(api);
        }

        /// Every delivery has ended and given back what it had, or waits for its volunteer with all it needs.
        private boolean sossegou(Api api) {
            return entregas(api).values().stream().allMatch(entrega -> {
                var steps = steps(entrega);
                return switch (entrega.get("status").asString()) {
                    case "ATRIBUIDA" ->
                        steps.get("ACEITAR").equals("RUNNING")
                                && steps.get("NOTIFICAR").equals("DONE")
                                && steps.get("COMPROMETER").equals("DONE")
                                && steps.get("RESERVAR").equals("DONE");
                    case "FALHOU", "CANCELADA" ->
                        steps.values().stream().noneMatch("RUNNING"::equals)
                                && !steps.get("RESERVAR").equals("DONE")
                                && !steps.get("COMPROMETER").equals("DONE");
                    default -> false;
                };
            });
        }

        private static Map<String, String> steps(JsonNode entrega) {
            var steps = new TreeMap<String, String>();
            entrega.get("steps")
                    .forEach(step -> steps.put(
                            step.get("step").asString(), step.get("state").asString()));
            return steps;
        }

        private Map<UUID, JsonNode> entregas(Api api) {
            return todos(api, "/api/entregas?").stream()
                    .filter(entrega -> entregas.contains(id(entrega)))
                    .collect(toMap(Trabalho::id, identity()));
        }

        private static UUID id(JsonNode view) {
            return UUID.fromString(view.get("id").asString());
        }

        /// All events since this work began, once the audit has them.
        private List<JsonNode> eventos(Api api) {
            var head = api.get("/api/projecoes")
                    .json()
                    .get("items")
                    .get(0)
                    .get("head")
                    .asLong();
            return todos(api, "/api/auditoria?minPosition=" + head + "&").stream()
                    .filter(event -> event.get("position").asLong() >= inicio)
                    .toList();
        }

        private static List<JsonNode> todos(Api api, String path) {
            var found = new ArrayList<JsonNode>();
            var cursor = "";
            do {
                var page = api.get(path + "limit=200" + cursor).com(200).json();
                page.get("items").forEach(found::add);
                cursor = page.get("next").isNull()
                        ? ""
                        : "&cursor=" + page.get("next").asString();
            } while (!cursor.isEmpty());
            return found;
        }

        /// As many events by clients as there are keys and preparations, one at each position that was
        /// acknowledged; and the key goes on giving the answer it gave.
        private void cadaPedidoUmaVez(Api api, List<JsonNode> eventos) {
            var deles = eventos.stream()
                    .filter(event -> event.get("source").asString().equals("rest"))
                    .collect(groupingBy(event -> event.get("position").asLong()));
            var feitos = pedidos.stream()
                    .filter(pedido -> respostas.get(pedido).status() < 300)
                    .toList();
            assertThat(deles).hasSize(feitos.size() + 3 + escassas.size());
            for (var pedido : feitos) {
                var resposta = respostas.get(pedido);
                assertThat(resposta.id()).isEqualTo(pedido.id);
                assertThat(deles.get(resposta.position()))
                        .as(pedido.toString())
                        .hasSize(1)
                        .first()
                        .satisfies(event -> {
                            assertThat(event.get("version").asLong())
                                    .isEqualTo(resposta.json().get("version").asLong());
                            assertThat(event.get("payload").toString()).contains(pedido.id.toString());
                        });
                var again = api.post(pedido.path, pedido.body, "Idempotency-Key", pedido.key);
                assertThat(again.status()).isEqualTo(resposta.status());
                assertThat(again.json()).isEqualTo(resposta.json());
            }
            assertThat(feitos.stream().map(pedido -> respostas.get(pedido).position()))
                    .doesNotHaveDuplicates();
            assertThat(eventos(api)).as("repeating changes nothing").hasSameSizeAs(eventos);
            assertThat(eventos.stream().map(event -> event.get("aggregateId").asString() + event.get("version")))
                    .doesNotHaveDuplicates();
        }

        /// What offers and need show is what the deliveries say, and nothing is lost in between.
        private void tudoSeSoma(Api api, List<JsonNode> eventos) {
            var esperando = entregas(api).values().stream()
                    .filter(entrega -> entrega.get("status").asString().equals("ATRIBUIDA"))
                    .collect(groupingBy(entrega -> entrega.get("ofertaId").asString(), counting()));
            for (var oferta : escassas) {
                var line = linha(api, "/api/ofertas/" + oferta);
                assertThat(line.get("reserved")).isEqualTo(esperando.getOrDefault(oferta.toString(), 0L));
                assertThat(line.get("available")).isEqualTo(ESCASSO - line.get("reserved"));
            }
            assertThat(linha(api, "/api/ofertas/" + farta).get("reserved")).isEqualTo(CLIENTES * VOLTAS);
            assertThat(linha(api, "/api/necessidades/" + necessidade).get("committed"))
                    .isEqualTo(esperando.values().stream().mapToLong(n -> n).sum());
            for (var oferta : todos(api, "/api/ofertas?")) {
                var line = numeros(oferta.get("items").get(0));
                assertThat(line.values())
                        .as(oferta.toString())
                        .allSatisfy(n -> assertThat(n).isNotNegative());
                assertThat(line.get("published"))
                        .isEqualTo(line.entrySet().stream()
                                .filter(quantity -> !quantity.getKey().equals("published"))
                                .mapToLong(Map.Entry::getValue)
                                .sum());
            }
            assertThat(eventos.stream()
                            .filter(event -> event.get("type").asString().equals("entrega.EntregaSolicitada"))
                            .map(event -> event.get("aggregateId").asString()))
                    .hasSameSizeAs(entregas)
                    .doesNotHaveDuplicates();
        }

        private static Map<String, Long> linha(Api api, String path) {
            return numeros(api.get(path).com(200).json().get("items").get(0));
        }

        private static Map<String, Long> numeros(JsonNode line) {
            return line.properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .collect(toMap(Map.Entry::getKey, field -> field.getValue().asLong()));
        }

        private static void projecoesIguais(Api api) {
            api.post("/api/projecoes/reconstrucao", null).com(202);
            for (var projecao : api.get("/api/projecoes").json().get("items")) {
                var rebuild = api.ate(
                        "/api/projecoes/" + projecao.get("name").asString() + "/reconstrucao",
                        seen -> !seen.get("state").asString().equals("RUNNING"));
                assertThat(rebuild.get("state").asString())
                        .as(rebuild.toString())
                        .isEqualTo("DONE");
                assertThat(rebuild.get("differences").get("total").asLong())
                        .as(rebuild.toString())
                        .isZero();
            }
        }
    }
}
