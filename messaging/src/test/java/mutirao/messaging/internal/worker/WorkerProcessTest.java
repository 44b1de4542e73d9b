package mutirao.messaging.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [WorkerApplication] in processes of its own.
class WorkerProcessTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path directory;

    private Process process;

    private void start(String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerApplication.class.getName(),
                "--server.port=0",
                "--spring.main.banner-mode=off"));
        command.addAll(List.of(args));
        process = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private int code() throws InterruptedException {
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as("%s%s", out(), err())
                .isTrue();
        return process.exitValue();
    }

    private String out() {
        return read("out");
    }

    private String err() {
        return read("err");
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitOut(String... texts) {
        await().atMost(LONG).untilAsserted(() -> assertThat(out()).as(err()).contains(texts));
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void ajuda_sai_com_0_sem_comecar_nada() throws Exception {
        start("consumer", "--help");
        assertThat(code()).isZero();
        assertThat(out())
                .contains("--topic", "--group", "--prefetch", "--timeout", "143")
                .doesNotContain("Spring");
        assertThat(err()).isEmpty();
    }

    @Test
    void opcao_desconhecida_sai_com_2() throws Exception {
        start("consumer", "--topics=pedidos");
        assertThat(code()).isEqualTo(2);
        assertThat(err()).contains("--topics=pedidos", "consumer --help");
        assertThat(out()).isEmpty();
    }

    @Test
    void topico_que_ninguem_trata_sai_com_2_e_diz_quais_ha() throws Exception {
        start("consumer", "--topic", "pedidos", "--topic", "pedidoz");
        assertThat(code()).isEqualTo(2);
        assertThat(err())
                .contains("consumer: nobody handles the topic pedidoz; there are estoque, pedidos, sob-demanda")
                .doesNotContain("\tat ");
        assertThat(out()).doesNotContain("listens to", "PRONTO");
    }

    @Test
    void grupo_que_nao_ouve_o_topico_sai_com_2() throws Exception {
        start("consumer", "--topic", "pedidos", "--group", "b");
        assertThat(code()).isEqualTo(2);
        assertThat(err()).contains("no handler is left to run");
    }

    @Test
    void aplicacao_que_nao_comeca_sai_com_1() throws Exception {
        start("consumer", "--falha=inicio");
        assertThat(code()).isEqualTo(1);
    }

    @Test
    void consome_sem_servir_e_termina_sozinho_com_0() throws Exception {
        start(
                "--mutirao.messaging.consumers.enabled=false",
                "consumer",
                "--prefetch",
                "7",
                "--timeout",
                "1",
                "--aguarda=4");
        assertThat(code()).isZero();
        assertThat(out())
                .contains("PRONTO sem porta prefetch=7 group=null", "TERMINA pedidos 2", "FEITO estoque 2")
                .doesNotContain("FEITO sob-demanda");
        assertThat(err()).contains("consumer: 1 s are over", "consumer: stopping");
    }

    @Test
    void so_o_topico_pedido_tambem_o_que_nao_comeca_por_si() throws Exception {
        start("--topic", "sob-demanda", "consumer", "--group", "b", "--timeout", "1", "--aguarda=2");
        assertThat(code()).isZero();
        assertThat(out())
                .contains("group=null", "FEITO sob-demanda 1", "FEITO sob-demanda 2")
                .doesNotContain("pedidos 1", "estoque 1");
    }

    @Test
    void sigterm_termina_o_que_corre_e_nao_comeca_mais_nada() throws Exception {
        start("consumer", "--topic", "pedidos", "--espera=true", "--spring.lifecycle.timeout-per-shutdown-phase=1ms");
        awaitOut("COMECA pedidos 1");
        process.toHandle().destroy(); // unlike the process's own it leaves its input open
        await().atMost(LONG).untilAsserted(() -> assertThat(err()).contains("consumer: stopping"));
        awaitOut("nothing new is begun");
        process.outputWriter().append('\n').flush();
        assertThat(code()).isEqualTo(SIGTERM);
        assertThat(out()).contains("TERMINA pedidos 1").doesNotContain("COMECA pedidos 2", "still runs");
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void o_que_nao_termina_no_prazo_nao_segura_o_processo() throws Exception {
        start("consumer", "--topic", "pedidos", "--espera=true", "--mutirao.messaging.shutdown-timeout=50ms");
        awaitOut("COMECA pedidos 1");
        process.toHandle().destroy();
        assertThat(code()).isEqualTo(SIGTERM);
        assertThat(out()).contains("still runs after").doesNotContain("TERMINA pedidos 1");
    }

    @Test
    void sem_a_palavra_serve_e_consome_como_antes() throws Exception {
        start("--mutirao.messaging.prefetch=3");
        awaitOut("PRONTO com porta prefetch=3", "TERMINA pedidos 2", "FEITO estoque 2");
        process.toHandle().destroy();
        assertThat(code()).isEqualTo(SIGTERM);
        assertThat(err()).doesNotContain("consumer:");
        assertThat(out()).doesNotContain("FEITO sob-demanda");
    }

    @Test
    void o_processo_da_web_pode_nao_consumir() throws Exception {
        start("--mutirao.messaging.consumers.enabled=false");
        awaitOut("PUBLICADO");
        process.toHandle().destroy();
        assertThat(code()).isEqualTo(SIGTERM);
        assertThat(out()).doesNotContain("listens to", "pedidos 1");
    }
}
