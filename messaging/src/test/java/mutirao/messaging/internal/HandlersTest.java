package mutirao.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import mutirao.messaging.Consumer;
import mutirao.messaging.MessagingHarness;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;

class HandlersTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
            .withPropertyValues("spring.application.name=loja");

    @Consumer(group = "g", topics = "t")
    static class Varios {
        String ran = "";

        @OnEvent
        void todos() {
            ran = "*";
        }

        @OnEvent("pedido.*")
        void pedidos() {
            ran = "pedido.*";
        }

        @OnEvent("*.criado")
        void criados() {
            ran = "*.criado";
        }

        @OnEvent({"pedido.item.*", "pedido.*.pago"})
        void itens() {
            ran = "itens";
        }

        @OnEvent("pedido.criado")
        void um() {
            ran = "pedido.criado";
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pedido.criado, pedido.criado",
        "pedido.pago, pedido.*",
        "cliente.criado, *.criado",
        "pedido.item.criado, itens",
        "pedido.velho.pago, itens",
        "cliente.pago, *",
        "pedido., pedido.*",
        "pedido, *"
    })
    void trata_o_mais_especifico(String name, String expected) {
        application.withUserConfiguration(Varios.class, MessagingHarness.class).run(context -> {
            assertThat(context.getBean(MessagingHarness.class).deliver("g", "t", name, List.of()))
                    .isTrue();
            assertThat(context.getBean(Varios.class).ran).isEqualTo(expected);
        });
    }

    @Test
    void o_que_ninguem_trata_nao_roda() {
        application.withUserConfiguration(Varios.class, MessagingHarness.class).run(context -> {
            var harness = context.getBean(MessagingHarness.class);
            assertThat(harness.deliver("g", "outro", "pedido.criado", List.of()))
                    .isFalse();
            assertThat(harness.deliver("outro", "t", "pedido.criado", List.of()))
                    .isFalse();
        });
    }

    @Consumer(group = "g", topics = "t")
    static class Comeco {
        boolean ran;

        @OnEvent("pedido.*")
        void on() {
            ran = true;
        }
    }

    @Consumer(group = "g", topics = "t")
    static class Fim {
        @OnEvent("*.criado")
        void on() {}
    }

    @Test
    void de_dois_tao_especificos_o_que_diz_o_comeco_em_qualquer_ordem() {
        for (var order : List.of(new Class<?>[] {Comeco.class, Fim.class}, new Class<?>[] {Fim.class, Comeco.class})) {
            application
                    .withUserConfiguration(order)
                    .withUserConfiguration(MessagingHarness.class)
                    .run(context -> {
                        context.getBean(MessagingHarness.class).deliver("g", "t", "pedido.criado", List.of());
                        assertThat(context.getBean(Comeco.class).ran).isTrue();
                    });
        }
    }

    @Consumer(group = "g", topics = "t")
    static class DeNovo {
        @OnEvent({"x", "pedido.criado"})
        void outro() {}
    }

    @Test
    void dois_do_mesmo_evento_no_mesmo_grupo_nao_comecam() {
        application
                .withUserConfiguration(Varios.class, DeNovo.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("Varios.um and DeNovo.outro of group g handle the same events"));
    }

    @Consumer(group = "h", topics = "t")
    static class OutroGrupo {
        @OnEvent("pedido.criado")
        void outro() {}
    }

    @Test
    void em_grupos_diferentes_comecam() {
        application
                .withUserConfiguration(Varios.class, OutroGrupo.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    static class SemTopico {
        @OnEvent("a.b")
        void on() {}
    }

    @Test
    void sem_topico_nao_comeca() {
        application
                .withUserConfiguration(SemTopico.class)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessage("SemTopico.on names no topic"));
    }

    static class Nomeado {
        @OnEvent(value = "a.b", topics = "${topico}", group = "${grupo}")
        void on() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ação", "a/b", "a*", ""})
    void um_nome_que_nem_todo_corretor_aceita_nao_comeca(String name) {
        application
                .withUserConfiguration(Nomeado.class)
                .withPropertyValues("topico=" + name, "grupo=g")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("not the name of a topic or group")
                        .hasMessageEndingWith(": " + name));
        application
                .withUserConfiguration(Nomeado.class)
                .withPropertyValues("topico=t", "grupo=" + name)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageEndingWith(": " + name));
    }

    @Test
    void um_nome_longo_demais_nao_comeca() {
        application
                .withUserConfiguration(Nomeado.class)
                .withPropertyValues("topico=" + "a".repeat(101), "grupo=g")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void sem_o_que_o_nome_pede_nao_comeca() {
        application
                .withUserConfiguration(Nomeado.class)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("${grupo}"));
    }

    static class PedeDemais {
        @OnEvent(value = "a.b", topics = "t")
        void on(String data, JsonNode more) {}
    }

    @Test
    void um_metodo_que_pede_mais_do_que_a_mensagem_nao_comeca() {
        application
                .withUserConfiguration(PedeDemais.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("takes more than the message"));
    }

    static class SemGrupo {
        @OnEvent(value = "a.b", topics = "t")
        void on() {}
    }

    @Test
    void sem_grupo_e_o_dos_ajustes_ou_o_nome_da_aplicacao() {
        application
                .withUserConfiguration(SemGrupo.class)
                .run(context -> assertThat(context.getBean(Handlers.class).all())
                        .extracting(Handler::group)
                        .containsExactly("loja"));
        application
                .withUserConfiguration(SemGrupo.class)
                .withPropertyValues("mutirao.messaging.group=todos")
                .run(context -> assertThat(context.getBean(Handlers.class).all())
                        .extracting(Handler::group)
                        .containsExactly("todos"));
    }

    @Consumer(group = "g", topics = "t")
    @Retry(times = 5, delay = "1s", factor = 1, permanent = IllegalStateException.class)
    static class Tentativas {
        @OnEvent("a.classe")
        void byClass() {}

        @OnEvent("a.metodo")
        @Retry(delay = "PT0.5S", cap = "3s", ordered = false)
        void byMethod() {}
    }

    @Consumer(group = "g", topics = "t")
    static class SemTentativas {
        @OnEvent("a.padrao")
        void byDefault() {}

        @OnEvent("a.nunca")
        @Retry(times = 0)
        void never() {}
    }

    private static RetryPolicy retry(Handlers handlers, String event) {
        return handlers.all().stream()
                .filter(handler -> handler.names().contains(event))
                .map(Handler::retry)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void as_tentativas_sao_as_do_metodo_senao_as_da_classe_senao_as_dos_ajustes() {
        application.withUserConfiguration(Tentativas.class, SemTentativas.class).run(context -> {
            var handlers = context.getBean(Handlers.class);
            assertThat(retry(handlers, "a.padrao").pauses())
                    .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
            assertThat(retry(handlers, "a.nunca").pauses()).isEmpty();
            assertThat(retry(handlers, "a.classe"))
                    .isEqualTo(new RetryPolicy(
                            5,
                            Duration.ofSeconds(1),
                            1,
                            Duration.ofMinutes(1),
                            true,
                            List.of(IllegalStateException.class)));
            // What a method says is all that is said: nothing of the class is mixed in.
            assertThat(retry(handlers, "a.metodo"))
                    .isEqualTo(new RetryPolicy(3, Duration.ofMillis(500), 2, Duration.ofSeconds(3), false, List.of()));
            assertThat(retry(handlers, "a.metodo").pauses())
                    .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        });
        application
                .withUserConfiguration(SemTentativas.class)
                .withPropertyValues(
                        "mutirao.messaging.retry.times=2",
                        "mutirao.messaging.retry.delay=1s",
                        "mutirao.messaging.retry.factor=10",
                        "mutirao.messaging.retry.cap=5s")
                .run(context -> assertThat(retry(context.getBean(Handlers.class), "a.padrao")
                                .pauses())
                        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    }

    @Test
    void o_que_e_permanente_conta_tambem_como_causa() {
        application.withUserConfiguration(Tentativas.class).run(context -> {
            var retry = retry(context.getBean(Handlers.class), "a.classe");
            assertThat(retry.permanent(new IllegalStateException())).isTrue();
            assertThat(retry.permanent(new RuntimeException(new IllegalStateException())))
                    .isTrue();
            assertThat(retry.permanent(new RuntimeException())).isFalse();
        });
    }

    @Consumer(group = "repete", topics = "t", idempotent = true)
    static class Repete {
        int times;

        @OnEvent("a.b")
        void on() {
            times++;
        }
    }

    @Consumer(group = "conta", topics = "t")
    static class Conta {
        int times;

        @OnEvent("a.b")
        void on() {
            times++;
        }
    }

    @Test
    void de_quem_aguenta_repeticao_nao_se_guarda_o_que_tratou() {
        application
                .withUserConfiguration(Repete.class, Conta.class, MessagingHarness.class)
                .run(context -> {
                    var harness = context.getBean(MessagingHarness.class);
                    var message = context.getBean(Producer.class).message("t", "a.b", null, List.of());
                    for (var i = 0; i < 3; i++) {
                        harness.deliver("repete", message);
                        harness.deliver("conta", message);
                    }
                    assertThat(context.getBean(Repete.class).times).isEqualTo(3);
                    assertThat(context.getBean(Conta.class).times).isEqualTo(1);
                });
    }

    @Consumer(group = "sozinho", topics = "t", autoStart = false)
    static class Sozinho {
        @OnEvent("a.b")
        void on() {}
    }

    @Test
    void quem_nao_comeca_sozinho_so_roda_quando_pedido() {
        application.withUserConfiguration(Sozinho.class, Varios.class).run(context -> {
            var handlers = context.getBean(Handlers.class);
            assertThat(handlers.running(chosen(Set.of(), Set.of())).keySet()).containsExactly("g");
            assertThat(handlers.running(chosen(Set.of(), Set.of("sozinho"))).keySet())
                    .containsExactly("sozinho");
            assertThat(handlers.running(chosen(Set.of("t"), Set.of())).keySet()).containsExactly("g", "sozinho");
            assertThat(handlers.running(chosen(Set.of("outro"), Set.of()))).isEmpty();
            assertThat(handlers.running(new Settings.Consumers(false, Set.of(), Set.of())))
                    .isEmpty();
        });
    }

    private static Settings.Consumers chosen(Set<String> topics, Set<String> groups) {
        return new Settings.Consumers(true, topics, groups);
    }
}
