package mutirao.auditoria.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.platform.eventstore.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class ExportacaoTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"})
    void o_que_parece_formula_ganha_um_apostrofo(String celula) {
        assertThat(Exportacao.harmless(celula)).isEqualTo("'" + celula);
    }

    @Test
    void quando_algo_falha_no_meio_a_resposta_nao_termina_como_se_fosse_inteira() throws Exception {
        var response = new MockHttpServletResponse();
        var export = Exportacao.ndjson(JsonMapper.shared());
        assertThatThrownBy(() -> export.write(
                        Long.MAX_VALUE,
                        before -> {
                            if (before == 7) {
                                throw new IllegalStateException("the database went away");
                            }
                            return List.of(evento(7));
                        },
                        response))
                .hasMessage("an export broke off");
        assertThat(response.getContentAsString())
                .startsWith("{\"position\":\"0000000000000000007\",")
                .hasLineCount(1);
    }

    private static Evento evento(long position) {
        var id = new UUID(0, position);
        var time = Instant.parse("2026-05-06T12:00:00Z");
        var row = new Registro(position, "e", "a.A", "1", "a", id, 0, time, id, null, null, null, time);
        return new Evento(new Position(position), row, id, "{}");
    }

    @Test
    void o_mais_fica_como_e() {
        assertThat(Exportacao.harmless(-1L)).isEqualTo(-1L);
        assertThat(Exportacao.harmless("rest")).isEqualTo("rest");
        assertThat(Exportacao.harmless("")).isEqualTo("");
        assertThat(Exportacao.harmless(null)).isNull();
        assertThat(Exportacao.harmless("{\"a\": \"=1\"}")).isEqualTo("{\"a\": \"=1\"}");
    }
}
