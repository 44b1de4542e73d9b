package mutirao.usuario.query;

import static mutirao.usuario.api.Papel.COORDENADOR;
import static mutirao.usuario.api.Papel.VOLUNTARIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.eventstore.EventMeta;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.PapeisAlterados;
import mutirao.usuario.api.UsuarioEvent.UsuarioAtualizado;
import mutirao.usuario.api.UsuarioEvent.UsuarioCadastrado;
import mutirao.usuario.api.UsuarioEvent.UsuarioDesativado;
import mutirao.usuario.api.UsuarioEvent.UsuarioReativado;
import mutirao.usuario.api.UsuarioId;
import mutirao.usuario.api.UsuarioResumo;
import mutirao.usuario.api.UsuarioStatus;
import org.junit.jupiter.api.Test;

class UsuarioProjectionTest {
    private static final UsuarioId ANA = new UsuarioId(UUID.fromString("a0a00000-0000-4000-8000-000000000000"));
    private static final Instant INICIO = Instant.parse("2026-03-02T10:00:00Z");

    private final UsuarioProjection projection = new UsuarioProjection();

    private UsuarioResumo depois(UsuarioEvent... events) {
        UsuarioResumo row = null;
        for (int i = 0; i < events.length; i++) {
            row = projection.next(row, events[i], meta(i));
        }
        return row;
    }

    private static EventMeta meta(int version) {
        return new EventMeta(
                version + 1,
                "e",
                "t",
                "1",
                "usuario",
                ANA.stored(),
                version,
                INICIO.plusSeconds(version),
                ANA.value(),
                Actors.ORGANIZATION,
                null,
                null,
                null);
    }

    private static UsuarioCadastrado cadastrada() {
        return new UsuarioCadastrado(ANA, "Ana", "ana@example.org", null);
    }

    @Test
    void mostra_o_contato_e_os_papeis() {
        assertThat(depois(cadastrada(), new PapeisAlterados(ANA, List.of(COORDENADOR, VOLUNTARIO))))
                .isEqualTo(new UsuarioResumo(
                        ANA.value(),
                        1,
                        UsuarioStatus.ATIVO,
                        "Ana",
                        "ana@example.org",
                        null,
                        List.of(COORDENADOR, VOLUNTARIO),
                        INICIO,
                        INICIO.plusSeconds(1)));
    }

    @Test
    void o_contato_muda_e_os_papeis_ficam() {
        var row = depois(
                cadastrada(),
                new PapeisAlterados(ANA, List.of(VOLUNTARIO)),
                new UsuarioAtualizado(ANA, "Ana Maria", "am@example.org", "+5551999990000"));

        assertThat(row.name()).isEqualTo("Ana Maria");
        assertThat(row.email()).isEqualTo("am@example.org");
        assertThat(row.phone()).isEqualTo("+5551999990000");
        assertThat(row.roles()).containsExactly(VOLUNTARIO);
        assertThat(row.version()).isEqualTo(2);
    }

    @Test
    void quem_e_desativada_fica_inativa_ate_ser_reativada_e_guarda_os_papeis() {
        var papeis = new PapeisAlterados(ANA, List.of(VOLUNTARIO));

        var off = depois(cadastrada(), papeis, new UsuarioDesativado(ANA, "mudou-se"));
        assertThat(off.status()).isEqualTo(UsuarioStatus.INATIVO);
        assertThat(off.roles()).containsExactly(VOLUNTARIO);
        assertThat(depois(cadastrada(), papeis, new UsuarioDesativado(ANA, null), new UsuarioReativado(ANA))
                        .status())
                .isEqualTo(UsuarioStatus.ATIVO);
    }

    @Test
    void sem_cadastro_nao_ha_linha() {
        assertThatNullPointerException().isThrownBy(() -> depois(new UsuarioReativado(ANA)));
    }

    @Test
    void o_resumo_nao_se_esquece_de_dizer_de_quem_e() {
        assertThat(projection.keyOf(cadastrada(), meta(0))).isEqualTo(ANA.value());
    }
}
