package mutirao.identity.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mutirao.identity.Relogio;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

/// When a token that has been found to count is checked again.
class CountedTokensTest {
    private final Relogio relogio = new Relogio();
    private final List<String> conferidos = new ArrayList<>();
    private final CountedTokens passes = new CountedTokens(this::confere, relogio);
    private Instant vence = relogio.instant().plus(Duration.ofMinutes(15));
    private boolean chaveConhecida = true;

    /// As the real one does, which leaves clocks some room.
    private Jwt confere(String texto) {
        conferidos.add(texto);
        if (!chaveConhecida || relogio.instant().isAfter(vence.plusSeconds(30))) {
            throw new BadJwtException("não vale");
        }
        return Jwt.withTokenValue(texto)
                .header("alg", "RS256")
                .subject("quem")
                .expiresAt(vence)
                .build();
    }

    @Test
    void confere_uma_vez_o_que_vem_muitas() {
        var primeiro = passes.decode("a.b.c");

        assertThat(passes.decode(new String("a.b.c".toCharArray()))).isSameAs(primeiro);
        assertThat(conferidos).containsExactly("a.b.c");
    }

    @Test
    void confere_de_novo_depois_de_um_minuto() {
        passes.decode("a.b.c");
        relogio.adianta(CountedTokens.KEPT);
        passes.decode("a.b.c");
        passes.decode("a.b.c");

        assertThat(conferidos).hasSize(2);
    }

    @Test
    void recusa_em_um_minuto_o_de_uma_chave_retirada() {
        passes.decode("a.b.c");
        chaveConhecida = false;
        relogio.adianta(CountedTokens.KEPT);

        assertThatThrownBy(() -> passes.decode("a.b.c")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> passes.decode("a.b.c")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void nao_vale_mais_por_ser_lembrado_do_que_ate_vencer() {
        vence = relogio.instant().plusSeconds(20);
        passes.decode("a.b.c");
        relogio.adianta(Duration.ofSeconds(25));
        passes.decode("a.b.c");
        assertThat(conferidos).as("confere o vencido, que ainda tem a folga").hasSize(2);

        relogio.adianta(Duration.ofSeconds(30));
        assertThatThrownBy(() -> passes.decode("a.b.c")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void com_outra_assinatura_e_outro() {
        passes.decode("a.b.c");
        chaveConhecida = false;

        assertThatThrownBy(() -> passes.decode("a.b.d")).isInstanceOf(BadJwtException.class);
        assertThat(passes.decode("a.b.c").getSubject()).isEqualTo("quem");
    }

    @Test
    void nao_lembra_o_que_recusa() {
        chaveConhecida = false;
        assertThatThrownBy(() -> passes.decode("a.b.c")).isInstanceOf(BadJwtException.class);
        chaveConhecida = true;

        assertThat(passes.decode("a.b.c").getSubject()).isEqualTo("quem");
    }

    @Test
    void esquece_os_que_ha_mais_tempo_nao_vem() {
        for (int i = 0; i < 2 * CountedTokens.MOST; i++) {
            passes.decode("a.b." + i);
        }
        conferidos.clear();
        passes.decode("a.b." + (2 * CountedTokens.MOST - 1));
        assertThat(conferidos).isEmpty();
        passes.decode("a.b.0");
        assertThat(conferidos).containsExactly("a.b.0");
    }
}
