package mutirao.identity.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/// Our reading of the header, held against that of Spring Security which it stands in for.
class HeaderTokenTest {
    private static final String RECUSADO = "recusado";

    private final DefaultBearerTokenResolver deles = new DefaultBearerTokenResolver();
    private final HeaderToken nosso = new HeaderToken();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b-c_d~e+f/g", "BEARER 0==", "Bearer a="})
    void le_o_token(String header) {
        assertThat(comoLemos(header)).isEqualTo(header.substring("Bearer ".length()));
        assertThat(comoLemos(header)).isEqualTo(comoLeem(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer  a.b.c",
                "Bearera.b.c",
                "Bearer\ta.b.c",
                "Bearer a.b.c ",
                "Bearer a.b.c\n",
                "Bearer a b",
                "Bearer a,b",
                "Bearer a=b",
                "Bearer =",
                "Bearer ==",
                "Bearer \"a\"",
                "Bearer a.b.c, Bearer d.e.f",
                "Bearer á",
                "Bearer \uFF41",
                "Bearer \uD83D\uDE00",
                "Bearer a\u0000",
                "bearer_a"
            })
    void recusa_o_que_nao_pode_ser_um(String header) {
        assertThat(comoLemos(header)).isEqualTo(RECUSADO);
        assertThat(comoLemos(header)).isEqualTo(comoLeem(header));
        assertThatThrownBy(() -> nosso.convert(com(header))).hasMessage("Bearer token is malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Beare", " Bearer a.b.c", "DPoP a.b.c", "Bea\u0280er a"})
    void nao_ve_token_onde_nao_ha(String header) {
        assertThat(comoLemos(header)).isNull();
        assertThat(comoLemos(header)).isEqualTo(comoLeem(header));
    }

    @Test
    void nao_o_procura_em_outro_lugar() {
        var request = com(null);
        request.setParameter("access_token", "a.b.c");
        request.setContentType("application/x-www-form-urlencoded");

        assertThat(nosso.convert(request)).isNull();
    }

    @Test
    void le_quaisquer_headers_como_o_de_spring_security() {
        var seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            var header = "Bearer" + algo(random);
            assertThat(comoLemos(header)).as("seed %d: %s", seed, header).isEqualTo(comoLeem(header));
        }
    }

    private static String algo(SplittableRandom random) {
        var characters = " aZ09-._~+/=,;\"\u0000\u00e9\uD83D";
        var text = new StringBuilder(random.nextInt(4) == 0 ? "" : " ");
        var length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private @Nullable String comoLemos(String header) {
        try {
            return nosso.convert(com(header)) instanceof BearerTokenAuthenticationToken token ? token.getToken() : null;
        } catch (OAuth2AuthenticationException _) {
            return RECUSADO;
        }
    }

    private @Nullable String comoLeem(String header) {
        try {
            return deles.resolve(com(header));
        } catch (OAuth2AuthenticationException _) {
            return RECUSADO;
        }
    }

    private static MockHttpServletRequest com(@Nullable String header) {
        var request = new MockHttpServletRequest("POST", "/api/necessidades");
        if (header != null) {
            request.addHeader("Authorization", header);
        }
        return request;
    }
}
