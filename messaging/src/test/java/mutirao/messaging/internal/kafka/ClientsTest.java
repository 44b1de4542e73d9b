package mutirao.messaging.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static Object delivery(Duration confirmTimeout) {
        return new Clients("127.0.0.1:1", "teste", Map.of(), confirmTimeout)
                .producer()
                .get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    }

    @Test
    void os_clientes_esperam_tanto_quanto_quem_publica_e_nunca_menos_de_30_segundos() {
        assertThat(delivery(Duration.ofSeconds(1))).isEqualTo(30_000);
        assertThat(delivery(Duration.ofMinutes(2))).isEqualTo(120_000);
        assertThat(delivery(Duration.ofDays(365))).isEqualTo(Integer.MAX_VALUE);
    }
}
