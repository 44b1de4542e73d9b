package mutirao.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.platform.command.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// A client is given a text, and hands it back.
class PosicaoTest {
    private static final JsonMapper JSON = AxonJson.mapper();

    @Test
    void vai_como_texto_e_volta_a_mesma() {
        var position = new Position(42);
        assertThat(JSON.writeValueAsString(position)).isEqualTo("\"0000000000000000042\"");
        assertThat(JSON.readValue(JSON.writeValueAsString(position), Position.class))
                .isEqualTo(position);
        assertThat(Position.of(position.toString())).isEqualTo(position);
        assertThat(Position.of("9223372036854775807").index()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void como_texto_ordena_como_o_registro() {
        var indexes =
                Stream.of(0L, 9L, 10L, 99L, 100L, 123_456_789L, Long.MAX_VALUE).toList();
        assertThat(indexes.stream()
                        .map(index -> new Position(index).toString())
                        .sorted(Comparator.reverseOrder())
                        .map(text -> Position.of(text).index()))
                .containsExactlyElementsOf(indexes.reversed());
    }

    /// Answers to idempotency keys stay for weeks.
    @Test
    void uma_resposta_guardada_com_numero_ainda_se_le() {
        var id = UUID.randomUUID();
        assertThat(JSON.readValue("{\"id\": \"%s\", \"version\": 1, \"position\": 7}".formatted(id), Receipt.class))
                .isEqualTo(new Receipt(id, 1, new Position(7), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", " 1", "9223372036854775808", "00000000000000000001", "\u0661"})
    void outra_coisa_nao_e_posicao(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Position.of(text));
    }

    @Test
    void a_ausente_fica_ausente() {
        assertThat(Position.ofNullable(1L)).isEqualTo(new Position(1));
        assertThat(Position.ofNullable(null)).isNull();
    }
}
