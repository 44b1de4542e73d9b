package mutirao.messaging.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.MeterRegistry;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RabbitContractTest extends ServerContract {
    private static @Nullable RabbitServer server;

    @BeforeAll
    static void begin() {
        server = new RabbitServer();
    }

    @Override
    protected BrokerServer server() {
        return requireNonNull(server);
    }

    @Test
    void o_que_ninguem_ouve_e_contado_a_parte() {
        var app = app(group, "primeiro");
        var unheard = catchThrowable(
                () -> app.getBean(Producer.class).publish(topic + ".ninguem", "item.nunca", "k", new Item(1, "x")));
        assertThat(unheard).isInstanceOf(NotConfirmed.class);
        assertThat(((NotConfirmed) unheard).isNobody()).isTrue();
        assertThat(app.getBean(MeterRegistry.class)
                        .get("messaging.published")
                        .tag("event", "item.nunca")
                        .counters())
                .singleElement()
                .satisfies(
                        counter -> assertThat(counter.getId().getTag("outcome")).isEqualTo("nobody"));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }
}
