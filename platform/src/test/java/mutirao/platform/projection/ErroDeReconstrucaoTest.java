package mutirao.platform.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/// An operator is told why a rebuild failed, but not what stands in the rows that the database refused.
class ErroDeReconstrucaoTest {
    private static final SQLException RECUSADA =
            new SQLException("violates check constraint; Failing row contains (Rua das Hortênsias 12)", "23514");

    @Test
    void o_que_o_banco_cita_nao_e_dito() {
        assertThat(Projections.told(new DataIntegrityViolationException("copy", RECUSADA)))
                .isEqualTo("SQLSTATE 23514, see the log");
        assertThat(Projections.told(new IllegalStateException(RECUSADA))).isEqualTo("SQLSTATE 23514, see the log");
    }

    @Test
    void o_que_a_reconstrucao_mesma_diz_e_dito() {
        assertThat(Projections.told(new IllegalStateException("4 rows differ"))).isEqualTo("4 rows differ");
        assertThat(Projections.told(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
