package mutirao.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaldesTest {
    private final Relogio relogio = new Relogio();
    private final Buckets<String> baldes = new Buckets<>(new Rate(3, 10, Duration.ofMinutes(1)), relogio);

    @Test
    void cheio_da_a_rajada_e_depois_diz_quanto_falta() {
        esvaziar("a");

        assertThat(baldes.take("a")).contains(Duration.ofSeconds(6));
        assertThat(baldes.look("a")).contains(Duration.ofSeconds(6));
    }

    @Test
    void cada_um_tem_o_seu() {
        esvaziar("a");

        assertThat(baldes.take("b")).isEmpty();
    }

    @Test
    void enche_de_novo_aos_poucos() {
        esvaziar("a");

        relogio.passa(Duration.ofMillis(5999));
        assertThat(baldes.take("a")).contains(Duration.ofMillis(1));
        relogio.passa(Duration.ofMillis(1));
        assertThat(baldes.take("a")).isEmpty();
        assertThat(baldes.take("a")).isPresent();
    }

    @Test
    void nao_passa_da_rajada() {
        relogio.passa(Duration.ofDays(1));

        esvaziar("a");
        assertThat(baldes.take("a")).isPresent();
    }

    @Test
    void olhar_nao_gasta() {
        IntStream.range(0, 10).forEach(_ -> assertThat(baldes.look("a")).isEmpty());

        esvaziar("a");
    }

    @Test
    void o_que_esta_cheio_de_novo_e_esquecido_sem_que_nada_mude() {
        esvaziar("a");
        relogio.passa(Duration.ofSeconds(18));
        assertThat(baldes.size()).isOne();
        assertThat(baldes.take("a")).isEmpty();

        relogio.passa(Duration.ofSeconds(19));
        assertThat(baldes.size()).isZero();
        esvaziar("a");
        assertThat(baldes.take("a")).isPresent();
    }

    @Test
    void a_memoria_tem_um_limite() {
        IntStream.range(0, Buckets.MOST + 5000).forEach(i -> baldes.take("k" + i));

        assertThat(baldes.size()).isBetween(1L, (long) Buckets.MOST);
    }

    @Test
    void de_uma_vez_so_ninguem_ganha_a_mais() throws Exception {
        try (var todos = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> pega = () -> baldes.take("a").isEmpty();
            var ganharam = todos
                    .invokeAll(IntStream.range(0, 200).mapToObj(_ -> pega).toList())
                    .stream()
                    .filter(ganhou -> ganhou.resultNow())
                    .count();
            assertThat(ganharam).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:db8:1:2::1, 20010db800010002/64",
        "2001:DB8:1:2:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:db8:1:3::1, 20010db800010003/64",
        "fe80::1%lo, fe80000000000000/64",
        "unknown, unknown"
    })
    void um_endereco_ipv6_vale_pela_sua_rede(String text, String charged) {
        assertThat(Address.of(text).value()).isEqualTo(charged);
    }

    private void esvaziar(String key) {
        IntStream.range(0, 3).forEach(_ -> assertThat(baldes.take(key)).isEmpty());
    }
}
