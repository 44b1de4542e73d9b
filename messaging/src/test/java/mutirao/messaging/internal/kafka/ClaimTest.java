package mutirao.messaging.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import mutirao.messaging.internal.Transport.Delivery;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static final int WINDOW = 20;
    private static final int BATCH = 10;

    private final AtomicInteger woken = new AtomicInteger();
    private final Claim claim = new Claim(new TopicPartition("t", 0), WINDOW, BATCH, woken::incrementAndGet);

    private Delivery take(long offset) {
        return claim.take(new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0]));
    }

    @Test
    void confirma_ate_o_primeiro_nao_terminado_e_uma_vez_so() {
        assertThat(claim.commit()).isEmpty();
        var first = take(5);
        var second = take(7);
        assertThat(claim.commit()).hasValue(5);
        second.done();
        assertThat(claim.commit()).isEmpty();
        first.done();
        assertThat(claim.commit()).hasValue(8);
        claim.notCommitted();
        assertThat(claim.commit()).hasValue(8);
        claim.reached(9);
        assertThat(claim.commit()).hasValue(9);
    }

    @Test
    void cheia_desperta_uma_vez_quando_ha_lugar() {
        var taken = LongStream.range(0, WINDOW).mapToObj(this::take).toList();
        assertThat(claim.full()).isTrue();
        taken.forEach(Delivery::done);
        assertThat(woken).hasValue(1);
        assertThat(claim.full()).isFalse();
    }

    @Test
    void o_que_espera_nao_deixa_correr_sem_fim() {
        var first = take(0);
        for (var offset = 1; offset < Claim.SPAN - 1; offset++) {
            take(offset).done();
        }
        assertThat(claim.full()).isFalse();
        take(Claim.SPAN - 1).done();
        assertThat(claim.full()).isTrue();
        first.done();
        assertThat(woken).hasValue(1);
        assertThat(claim.commit()).hasValue(Claim.SPAN);
    }

    @Test
    void o_que_termina_depois_de_perdida_nao_conta() {
        var late = take(0);
        claim.drop();
        late.done();
        assertThat(woken).hasValue(0);
    }
}
