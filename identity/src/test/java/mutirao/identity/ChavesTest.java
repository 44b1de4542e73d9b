package mutirao.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/// What tokens are signed with over the months.
@Identidade
@DirtiesContext // the clock is far ahead afterwards
class ChavesTest {
    @Autowired
    Navegador navegador;

    @Autowired
    Relogio relogio;

    @Autowired
    JdbcClient db;

    private List<String> publicadas() {
        return navegador.chaves().getKeys().stream().map(JWK::getKeyID).toList();
    }

    /// Keys are read again beside the requests.
    private static void ate(Callable<Boolean> so) {
        await().until(so);
    }

    @Test
    void uma_chave_e_publicada_antes_de_assinar_e_a_anterior_enquanto_algo_seu_vale() {
        var old = navegador.daMaquina();
        var first = old.getHeader().getKeyID();
        assertThat(publicadas()).containsExactly(first);

        relogio.adianta(Duration.ofDays(30).plusMinutes(2));
        ate(() -> publicadas().size() == 2);
        assertThat(publicadas()).startsWith(first);
        var second = publicadas().getLast();
        assertThat(navegador.daMaquina().getHeader().getKeyID())
                .as("announced, not used yet")
                .isEqualTo(first);

        relogio.adianta(Duration.ofMinutes(6));
        var young = navegador.daMaquina();
        assertThat(young.getHeader().getKeyID()).isEqualTo(second);
        assertThat(navegador.confere(old)).isTrue();
        assertThat(navegador.confere(young)).isTrue();

        relogio.adianta(Duration.ofMinutes(50));
        assertThat(navegador.confere(old)).isTrue();

        relogio.adianta(Duration.ofMinutes(15));
        ate(() -> publicadas().equals(List.of(second)));
        assertThat(navegador.confere(young)).isTrue();
        assertThat(navegador.confere(old)).isFalse();

        relogio.adianta(Duration.ofDays(31));
        ate(() -> publicadas().size() == 2);
        relogio.adianta(Duration.ofHours(2));
        ate(() -> publicadas().size() == 1);
        assertThat(publicadas()).doesNotContain(first, second);
    }

    @Test
    void no_banco_a_parte_secreta_esta_cifrada() {
        navegador.daMaquina();

        assertThat(db.sql("select sealed from signing_key")
                        .query((row, _) -> row.getBytes(1))
                        .list())
                .isNotEmpty()
                .allSatisfy(stored -> assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("\"kty\"", "\"d\":"));
        assertThat(new JWKSet(navegador.chaves().getKeys()).toString()).doesNotContain("\"d\"", "\"p\"");
    }
}
