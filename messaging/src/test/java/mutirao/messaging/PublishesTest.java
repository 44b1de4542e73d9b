package mutirao.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mutirao.messaging.contract.Postgres;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Wire;
import mutirao.messaging.internal.memory.MemoryTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class PublishesTest {
    private static final String DATABASE = Postgres.fresh();
    private static final ConfigurableApplicationContext APP = new SpringApplicationBuilder(Loja.class)
            .web(WebApplicationType.NONE)
            .properties(Map.of(
                    "spring.application.name", "loja",
                    "spring.datasource.url", DATABASE,
                    "spring.datasource.username", "postgres",
                    "spring.main.banner-mode", "off",
                    "mutirao.messaging.confirm-timeout", "500ms",
                    "topico.cheio", "cheio"))
            .run();
    /// Another connection: sees what is committed.
    private static final JdbcClient DB = JdbcClient.create(Postgres.open(DATABASE));

    private final MessagingHarness harness = APP.getBean(MessagingHarness.class);
    private final Pedidos pedidos = APP.getBean(Pedidos.class);
    private final TransactionTemplate transaction = APP.getBean(TransactionTemplate.class);

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Pedidos.class, PorInterface.class, MessagingHarness.class})
    static class Loja {}

    record Cliente(String id) {}

    record Pedido(@Nullable String id, Cliente cliente) {}

    static class Pedidos {
        private final JdbcClient db;

        Pedidos(JdbcClient db) {
            this.db = db;
        }

        private Pedido insert(String id) {
            db.sql("insert into pedido (id) values (?)").param(id).update();
            return new Pedido(id, new Cliente("c-" + id));
        }

        @Transactional
        @Publishes(value = "pedido.criado", topic = "pedidos", key = "cliente.id")
        public Pedido criar(String id) {
            return insert(id);
        }

        @Transactional
        @Publishes(value = "pedido.criado", topic = "${topico.cheio}", key = "id")
        public Pedido criarSemCorretor(String id) {
            return insert(id);
        }

        @Transactional
        @Publishes(value = "pedido.criado", topic = "pedidos")
        public Pedido falhar(String id) {
            insert(id);
            throw new IllegalStateException("não deu");
        }

        @Publishes(value = "pedido.visto", topic = "pedidos", key = "id")
        public Pedido semChave() {
            return new Pedido(null, new Cliente("c"));
        }

        @Publishes(value = "pedido.contado", key = "id", includeResult = false)
        public Pedido contar(String id) {
            return new Pedido(id, new Cliente("c"));
        }

        @Publishes("pedido.anotado")
        public void anotar() {}

        @Publishes("pedido.listado")
        public List<Pedido> listar(List<Pedido> all) {
            return all;
        }

        @Publishes("pedido.futuro")
        public CompletableFuture<Pedido> depois() {
            return new CompletableFuture<>();
        }
    }

    interface Anotador {
        void anotar();
    }

    static class PorInterface implements Anotador {
        @Override
        @Publishes(value = "pedido.anotado", topic = "interfaces")
        public void anotar() {}
    }

    @AfterAll
    static void close() {
        APP.close();
    }

    @BeforeEach
    void clean() {
        DB.sql("create table if not exists pedido (id text)").update();
        DB.sql("truncate pedido").update();
        harness.clear();
    }

    private static long rows() {
        return DB.sql("select count(*) from pedido").query(Long.class).single();
    }

    @Test
    void publica_o_resultado_depois_do_commit_da_propria_transacao() {
        var rowsWhenPublished = new ArrayList<Long>();
        ((MemoryTransport) APP.getBean(Transport.class)).watch(wire -> {
            if ("c-commit".equals(wire.key())) {
                rowsWhenPublished.add(rows());
            }
        });
        var pedido = pedidos.criar("commit");
        assertThat(rowsWhenPublished).containsExactly(1L);
        assertThat(harness.published("pedidos")).singleElement().satisfies(message -> {
            assertThat(message.name()).isEqualTo("pedido.criado");
            assertThat(message.key()).isEqualTo("c-commit");
            assertThat(message.source()).isEqualTo("loja");
            assertThat(JsonMapper.shared().treeToValue(message.data(), Pedido.class))
                    .isEqualTo(pedido);
        });
    }

    @Test
    void nao_publica_quando_o_metodo_falha() {
        assertThatIllegalStateException().isThrownBy(() -> pedidos.falhar("1"));
        assertThat(harness.published("pedidos")).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void numa_transacao_de_fora_publica_so_depois_dela_e_na_ordem() {
        transaction.executeWithoutResult(_ -> {
            pedidos.criar("1");
            pedidos.criar("2");
            assertThat(harness.published("pedidos")).isEmpty();
        });
        assertThat(harness.published("pedidos")).extracting(Message::key).containsExactly("c-1", "c-2");
    }

    @Test
    void numa_transacao_de_fora_desfeita_nao_publica() {
        transaction.executeWithoutResult(status -> {
            pedidos.criar("1");
            status.setRollbackOnly();
        });
        assertThat(harness.published("pedidos")).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void publica_o_que_era_quando_o_metodo_voltou() {
        transaction.executeWithoutResult(_ -> {
            var all = new ArrayList<>(List.of(new Pedido("1", new Cliente("c"))));
            pedidos.listar(all).clear();
        });
        assertThat(harness.published("loja"))
                .singleElement()
                .satisfies(message -> assertThat(message.data()).hasSize(1));
    }

    @Test
    void sem_o_campo_da_chave_falha_alto() {
        assertThatIllegalArgumentException()
                .isThrownBy(pedidos::semChave)
                .withMessage("the result has no field id to be the event's key");
        assertThat(harness.published("pedidos")).isEmpty();
    }

    @Test
    void sem_resultado_os_dados_sao_vazios_e_o_topico_e_o_da_aplicacao() {
        pedidos.contar("7");
        pedidos.anotar();
        assertThat(harness.published("loja"))
                .extracting(Message::name)
                .containsExactly("pedido.contado", "pedido.anotado");
        assertThat(harness.published("loja")).extracting(Message::key).containsExactly("7", null);
        assertThat(harness.published("loja"))
                .allSatisfy(message ->
                        assertThat(message.data()).isEqualTo(JsonMapper.shared().createObjectNode()));
    }

    @Test
    void um_futuro_nao_se_publica() {
        assertThatIllegalStateException().isThrownBy(pedidos::depois).withMessageContaining("before it has succeeded");
        assertThat(harness.published("loja")).isEmpty();
    }

    @Test
    void um_bean_com_interface_continua_a_ser_da_sua_classe() {
        APP.getBean(PorInterface.class).anotar();
        assertThat(harness.published("interfaces")).hasSize(1);
    }

    @Test
    void sem_confirmacao_quem_chama_sabe_e_o_efeito_fica() {
        fill("cheio", "k");
        assertThatThrownBy(() -> pedidos.criarSemCorretor("k"))
                .isInstanceOf(NotConfirmed.class)
                .hasMessageContaining("pedido.criado")
                .hasMessageContaining("to cheio was not confirmed within PT0.5S");
        assertThat(rows()).isOne();
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> pedidos.criarSemCorretor("k")))
                .isInstanceOf(NotConfirmed.class);
        assertThat(rows()).isEqualTo(2);
    }

    /// With somebody who finishes nothing, until the broker takes no more.
    private static void fill(String topic, String key) {
        var transport = APP.getBean(Transport.class);
        transport.subscribe("parado", Set.of(topic), 1, new Transport.Receiver() {
            @Override
            public void receive(Transport.Delivery delivery) {}

            @Override
            public void revoke(Object partition) {}
        });
        var message = new Wire(topic, key, Map.of(), Map.of(), new byte[0]);
        var sent = transport.send(message);
        while (sent.isDone()) {
            sent = transport.send(message);
        }
    }
}
