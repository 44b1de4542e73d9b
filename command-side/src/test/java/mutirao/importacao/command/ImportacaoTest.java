package mutirao.importacao.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.importacao.command.LineResult.Status.CREATED;
import static mutirao.importacao.command.LineResult.Status.EMPTY;
import static mutirao.importacao.command.LineResult.Status.EXISTS;
import static mutirao.importacao.command.LineResult.Status.REFUSED;
import static mutirao.importacao.command.Linhas.SENDER;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.necessidade.api.NecessidadeCommand.CancelarNecessidade;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaCommand.CancelarOferta;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.rest.Problem;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class ImportacaoTest {
    private static final int WINDOW = Importacao.WINDOW;

    /// Each word of a line is a thing to store, named by it.
    private static final LineFormat WORDS = line -> Stream.of(line.split(" ", -1))
            .map(word -> (DomainCommand) new CancelarNecessidade(id(word), word))
            .toList();

    private final Memoria memoria = new Memoria();
    private final List<LineResult> results = new ArrayList<>();

    /// A store that keeps what it is sent, once.
    private static class Memoria implements Importacao.Store {
        final Set<String> kept = ConcurrentHashMap.newKeySet();

        @Override
        public void send(DomainCommand command, mutirao.platform.command.Sender sender) {
            if (!kept.add(command.id().stored())) {
                throw new AggregateStreamCreationException("exists");
            }
        }
    }

    private static NecessidadeId id(String word) {
        return new NecessidadeId(UUID.nameUUIDFromBytes(word.getBytes(UTF_8)));
    }

    @Test
    void guarda_o_novo_e_reconhece_o_que_ja_existe() throws IOException {
        importar(memoria, "a", "b c", "a", "c d", "", "  ", "a b");
        assertThat(results)
                .extracting(result -> result.line() + " " + result.status() + " "
                        + result.ids().size())
                .containsExactly("1 CREATED 1", "2 CREATED 2", "3 EXISTS 1", "4 CREATED 2", "7 EXISTS 2");
    }

    @Test
    void o_mesmo_arquivo_de_novo_nao_muda_nada() throws IOException {
        var file = IntStream.range(0, 100).mapToObj(i -> "w" + i).toArray(String[]::new);
        importar(memoria, file);
        var first = List.copyOf(results);
        results.clear();
        importar(memoria, file);
        assertThat(first).extracting(LineResult::status).containsOnly(CREATED);
        assertThat(results).extracting(LineResult::status).containsOnly(EXISTS);
        assertThat(results)
                .extracting(LineResult::ids)
                .isEqualTo(first.stream().map(LineResult::ids).toList());
    }

    @Test
    void repetida_no_mesmo_arquivo_a_primeira_linha_cria() throws IOException {
        for (int round = 0; round < 50; round++) {
            results.clear();
            var word = "r" + round;
            importar(memoria, word, word, word, word);
            assertThat(results).extracting(LineResult::status).containsExactly(CREATED, EXISTS, EXISTS, EXISTS);
        }
    }

    @Test
    void necessidade_e_oferta_do_mesmo_uuid_sao_coisas_diferentes() throws IOException {
        var value = UUID.randomUUID();
        run(
                memoria,
                _ -> List.of(
                        new CancelarNecessidade(new NecessidadeId(value), ""),
                        new CancelarOferta(new OfertaId(value), "")),
                "x");
        assertThat(results).extracting(LineResult::ids).containsExactly(List.of(value, value));
    }

    @Test
    void uma_linha_sem_nada_a_guardar_diz_isso_tambem_da_segunda_vez() throws IOException {
        for (int round = 0; round < 2; round++) {
            results.clear();
            run(memoria, line -> line.equals("nada") ? List.of() : WORDS.commands(line), "nada", "a", "nada");
            assertThat(results)
                    .extracting(LineResult::status)
                    .containsExactly(EMPTY, round == 0 ? CREATED : EXISTS, EMPTY);
            assertThat(results.getFirst()).isEqualTo(new LineResult(1, EMPTY, List.of(), null, List.of()));
        }
    }

    @Test
    void uma_linha_recusada_nao_para_as_outras() throws IOException {
        run(
                memoria,
                line -> switch (line) {
                    case "ruim" -> throw Problem.invalid("campo", "errado");
                    case "quebra" -> throw new IllegalStateException("a bug");
                    default -> WORDS.commands(line);
                },
                "a",
                "ruim",
                "quebra",
                "b");
        assertThat(results).extracting(LineResult::status).containsExactly(CREATED, REFUSED, REFUSED, CREATED);
        assertThat(results).extracting(LineResult::code).containsExactly(null, "INVALID", "INTERNAL", null);
        assertThat(results.get(1).errors()).containsExactly(new Problem.FieldError("campo", "errado"));
    }

    @Test
    void uma_falha_que_passa_e_tentada_de_novo() throws IOException {
        var attempts = new AtomicInteger();
        importar(
                (command, sender) -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new CannotCreateTransactionException("the database is down");
                    }
                    memoria.send(command, sender);
                },
                "a");
        assertThat(results).extracting(LineResult::status).containsExactly(CREATED);
    }

    @Test
    void uma_falha_que_fica_recusa_a_sua_linha_e_so_ela() throws IOException {
        importar(
                (command, sender) -> {
                    if (command.id().equals(id("fora"))) {
                        throw new CannotCreateTransactionException("the database is down");
                    }
                    memoria.send(command, sender);
                },
                "a",
                "fora b",
                "c fora d",
                "a fora",
                "e");
        assertThat(results)
                .extracting(result -> result.status() + " " + result.code() + " "
                        + result.ids().size())
                .containsExactly(
                        "CREATED null 1",
                        "REFUSED UNAVAILABLE 0",
                        "CREATED UNAVAILABLE 1",
                        "REFUSED UNAVAILABLE 1",
                        "CREATED null 1");
    }

    @Test
    void com_o_disco_do_banco_cheio_o_arquivo_todo_e_recusado() {
        var tried = new AtomicInteger();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> importar(
                        (_, _) -> {
                            tried.incrementAndGet();
                            throw new EventStoreException(
                                    "append", new SQLException("No space left on device", "53100"));
                        },
                        "a",
                        "b",
                        "c"))
                .satisfies(problem -> assertThat(problem.status().value()).isEqualTo(507));
        assertThat(tried).hasValue(1);
        assertThat(results).isEmpty();
    }

    @Test
    void o_disco_que_enche_no_meio_recusa_as_linhas_que_faltam() throws IOException {
        importar(
                (command, sender) -> {
                    if (!command.id().equals(id("a"))) {
                        throw new EventStoreException("append", new SQLException("No space left on device", "53100"));
                    }
                    memoria.send(command, sender);
                },
                "a",
                "b",
                "a c");
        assertThat(results)
                .extracting(result -> result.status() + " " + result.code() + " "
                        + result.ids().size())
                .containsExactly("CREATED null 1", "REFUSED INSUFFICIENT_STORAGE 0", "REFUSED INSUFFICIENT_STORAGE 1");
    }

    @Test
    void uma_regra_que_recusa_da_o_seu_codigo() throws IOException {
        importar(
                (_, _) -> {
                    throw new RuleViolation("NECESSIDADE_CANCELADA");
                },
                "a");
        assertThat(results).extracting(LineResult::code).containsExactly("NECESSIDADE_CANCELADA");
    }

    @Test
    void responde_na_ordem_e_nunca_trabalha_mais_do_que_uma_janela() throws IOException {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(WINDOW);
        importar(
                (command, sender) -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    if (!command.id().equals(id("j0"))) { // which goes alone
                        full.countDown();
                        await(full);
                    }
                    memoria.send(command, sender);
                    underWay.decrementAndGet();
                },
                IntStream.range(0, 500).mapToObj(i -> "j" + i).toArray(String[]::new));
        assertThat(most.get()).isEqualTo(WINDOW);
        assertThat(results).extracting(LineResult::line).isSorted().hasSize(500);
    }

    @Test
    void nao_le_adiante_mais_do_que_uma_janela() throws IOException {
        var read = new AtomicInteger();
        var ahead = new AtomicInteger();
        new Importacao(memoria)
                .run(
                        reader(IntStream.range(0, 500).mapToObj(i -> "l" + i).toArray(String[]::new)),
                        line -> {
                            read.incrementAndGet();
                            return WORDS.commands(line);
                        },
                        SENDER,
                        result -> ahead.accumulateAndGet(read.get() - (int) result.line() + 1, Math::max));
        assertThat(ahead.get()).isEqualTo(WINDOW);
    }

    @Test
    void para_numa_linha_quando_ninguem_mais_ouve() {
        var begun = new AtomicInteger();
        var ended = new AtomicInteger();
        var importacao = new Importacao((command, sender) -> {
            begun.incrementAndGet();
            memoria.send(command, sender);
            ended.incrementAndGet();
        });
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> importacao.run(
                        reader(IntStream.range(0, 10_000).mapToObj(i -> "p" + i).toArray(String[]::new)),
                        WORDS,
                        SENDER,
                        result -> {
                            if (result.line() == 20) {
                                throw new IOException("broken pipe");
                            }
                        }));
        assertThat(begun.get()).isBetween(20, 20 + WINDOW).isEqualTo(ended.get());
        assertThat(memoria.kept)
                .isEqualTo(IntStream.range(0, begun.get())
                        .mapToObj(i -> id("p" + i).stored())
                        .collect(Collectors.toSet()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PACIENCIA.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void importar(Importacao.Store store, String... lines) throws IOException {
        run(store, WORDS, lines);
    }

    private void run(Importacao.Store store, LineFormat format, String... lines) throws IOException {
        new Importacao(store).run(reader(lines), format, SENDER, results::add);
    }

    private static LineReader reader(String... lines) {
        return new LineReader(new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)));
    }
}
