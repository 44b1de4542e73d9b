package mutirao.identity.client;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.util.function.SingletonSupplier;

/// Does for a client that is not there, or has no secret, the work that a wrong secret makes: how long the refusal
/// takes does not tell which clients there are. Spring's own providers refuse.
public final class NoSuchClient implements AuthenticationProvider {
    private final RegisteredClientRepository clients;
    private final PasswordEncoder passwords;
    private final Supplier<String> nobodys;

    /// @param passwords hashes the secrets
    public NoSuchClient(RegisteredClientRepository clients, PasswordEncoder passwords) {
        this.clients = clients;
        this.passwords = passwords;
        this.nobodys = SingletonSupplier.of(
                () -> requireNonNull(passwords.encode(UUID.randomUUID().toString())));
    }

    /// Null, which leaves it to the others.
    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        if (attempt.getCredentials() != null && !hasSecret(clients.findByClientId(attempt.getName()))) {
            passwords.matches(attempt.getCredentials().toString(), nobodys.get());
        }
        return null;
    }

    private static boolean hasSecret(@Nullable RegisteredClient client) {
        return client != null && client.getClientSecret() != null;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
