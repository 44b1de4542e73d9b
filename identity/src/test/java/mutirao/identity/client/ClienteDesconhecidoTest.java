package mutirao.identity.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.identity.account.Passwords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// What a refused client costs: Spring looks at the secret of one that has one, this does at the others'.
class ClienteDesconhecidoTest {
    private final AtomicInteger comparados = new AtomicInteger();
    private final NoSuchClient provider = new NoSuchClient(
            new InMemoryRegisteredClientRepository(
                    cliente("robo", "{argon2id}x", ClientAuthenticationMethod.CLIENT_SECRET_BASIC),
                    cliente("pagina", null, ClientAuthenticationMethod.NONE)),
            contando(new Passwords()));

    @ParameterizedTest
    @CsvSource({"robo, errado, 0", "ninguem, errado, 1", "pagina, errado, 1", "ninguem, , 0", "pagina, , 0"})
    void quem_nao_ha_ou_nao_tem_segredo_custa_uma_comparacao(String id, @Nullable String secret, int comparacoes) {
        var method = secret == null ? ClientAuthenticationMethod.NONE : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;

        var answer = provider.authenticate(new OAuth2ClientAuthenticationToken(id, method, secret, Map.of()));

        assertThat(answer).isNull();
        assertThat(comparados).hasValue(comparacoes);
    }

    private static RegisteredClient cliente(String id, @Nullable String secret, ClientAuthenticationMethod method) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secret)
                .clientAuthenticationMethod(method)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .build();
    }

    private PasswordEncoder contando(PasswordEncoder passwords) {
        return new PasswordEncoder() {
            @Override
            public @Nullable String encode(@Nullable CharSequence password) {
                return passwords.encode(password);
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
                comparados.incrementAndGet();
                return passwords.matches(password, hash);
            }
        };
    }
}
