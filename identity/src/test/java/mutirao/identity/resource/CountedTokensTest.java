package mutirao.identity.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mutirao.identity.Relogio;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.stream.NotNow;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/// Whose a token is, and when one that has been found to count is checked again.
class CountedTokensTest {
    private static final UUID QUEM = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID ONDE = UUID.fromString("33333333-3333-4333-8333-333333333333");

    private final Relogio relogio = Relogio.parado();
    private final List<String> conferidos = new ArrayList<>();
    private final CountedTokens passes = new CountedTokens(this::confere, new Claims("org", "roles"), relogio);
    private String quem = QUEM.toString();
    private Instant vence = relogio.instant().plus(Duration.ofMinutes(15));
    private boolean chaveConhecida = true;
    private boolean semBanco;

    /// As the real one does, which leaves clocks some room.
    private Jwt confere(String texto) {
        conferidos.add(texto);
        if (semBanco) {
            throw new CannotGetJdbcConnectionException("fora", new SQLException("fora", "08001"));
        }
        if (!chaveConhecida || relogio.instant().isAfter(vence.plusSeconds(30))) {
            throw new BadJwtException("não vale");
        }
        return Jwt.withTokenValue(texto)
                .header("alg", "RS256")
                .subject(quem)
                .claim("org", ONDE.toString())
                .claim("roles", List.of("OPERADOR", "DOADOR", "de outra versão"))
                .expiresAt(vence)
                .build();
    }

    private Authentication bate(String texto) {
        return passes.authenticate(new BearerTokenAuthenticationToken(texto));
    }

    @Test
    void diz_de_quem_e() {
        var pedido = new BearerTokenAuthenticationToken("a.b.c");
        pedido.setDetails("de onde veio o primeiro");
        var quem = passes.authenticate(pedido);

        assertThat(quem.getPrincipal()).isEqualTo(Actor.caller(QUEM, ONDE, Set.of(Role.OPERADOR, Role.DOADOR)));
        assertThat(quem.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactlyInAnyOrder("ROLE_OPERADOR", "ROLE_DOADOR");
        assertThat(quem.isAuthenticated()).isTrue();
        assertThat(quem.getDetails()).as("serve também aos que vêm depois").isNull();
    }

    @Test
    void recusa_o_que_nao_diz_de_quem_e() {
        var passesSemOrganizacao = new CountedTokens(this::confere, new Claims("sub", "roles"), relogio);
        quem = "um-programa";

        assertThatThrownBy(() -> passesSemOrganizacao.authenticate(new BearerTokenAuthenticationToken("a.b.c")))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void confere_uma_vez_o_que_vem_muitas() {
        var primeiro = bate("a.b.c");

        assertThat(bate(new String("a.b.c".toCharArray()))).isSameAs(primeiro);
        assertThat(conferidos).containsExactly("a.b.c");
    }

    @Test
    void confere_de_novo_depois_de_um_minuto() {
        bate("a.b.c");
        relogio.adianta(CountedTokens.KEPT);
        bate("a.b.c");
        bate("a.b.c");

        assertThat(conferidos).hasSize(2);
    }

    @Test
    void recusa_em_um_minuto_o_de_uma_chave_retirada() {
        bate("a.b.c");
        chaveConhecida = false;
        relogio.adianta(CountedTokens.KEPT);

        assertThatThrownBy(() -> bate("a.b.c")).isInstanceOf(InvalidBearerTokenException.class);
        assertThatThrownBy(() -> bate("a.b.c")).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void sem_banco_o_que_contava_conta_ate_vencer_e_do_novo_nada_se_diz() {
        bate("a.b.c");
        semBanco = true;
        relogio.adianta(CountedTokens.KEPT);

        bate("a.b.c");
        bate("a.b.c");
        assertThat(conferidos).as("nem cada pedido pergunta").hasSize(2);
        assertThatThrownBy(() -> bate("x.y.z")).isInstanceOf(NotNow.class);

        semBanco = false;
        chaveConhecida = false;
        relogio.adianta(CountedTokens.SOON);
        assertThatThrownBy(() -> bate("a.b.c")).isInstanceOf(InvalidBearerTokenException.class);

        chaveConhecida = true;
        bate("a.b.c");
        semBanco = true;
        relogio.adianta(Duration.ofMinutes(15));
        assertThatThrownBy(() -> bate("a.b.c")).isInstanceOf(NotNow.class);
    }

    @Test
    void nao_vale_mais_por_ser_lembrado_do_que_ate_vencer() {
        vence = relogio.instant().plusSeconds(20);
        bate("a.b.c");
        relogio.adianta(Duration.ofSeconds(25));
        bate("a.b.c");
        assertThat(conferidos).as("confere o vencido, que ainda tem a folga").hasSize(2);

        relogio.adianta(Duration.ofSeconds(30));
        assertThatThrownBy(() -> bate("a.b.c")).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void com_outra_assinatura_e_outro() {
        bate("a.b.c");
        chaveConhecida = false;

        assertThatThrownBy(() -> bate("a.b.d")).isInstanceOf(InvalidBearerTokenException.class);
        assertThat(bate("a.b.c").getName()).isEqualTo(QUEM.toString());
    }

    @Test
    void nao_lembra_o_que_recusa() {
        chaveConhecida = false;
        assertThatThrownBy(() -> bate("a.b.c")).isInstanceOf(InvalidBearerTokenException.class);
        chaveConhecida = true;

        assertThat(bate("a.b.c").getName()).isEqualTo(QUEM.toString());
    }

    @Test
    void esquece_os_que_ha_mais_tempo_nao_vem() {
        for (int i = 0; i < 2 * CountedTokens.MOST; i++) {
            bate("a.b." + i);
        }
        conferidos.clear();
        bate("a.b." + (2 * CountedTokens.MOST - 1));
        assertThat(conferidos).isEmpty();
        bate("a.b.0");
        assertThat(conferidos).containsExactly("a.b.0");
    }
}
