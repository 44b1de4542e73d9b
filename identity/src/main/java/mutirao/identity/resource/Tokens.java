package mutirao.identity.resource;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/// Which tokens the API takes: signed by a known key with the algorithm that is expected of it, of the right issuer,
/// for this audience, and not expired. Whether a token's key is still known, and of our own whether its bearer is still
/// what it says, is asked once a minute, not on every request.
public final class Tokens {
    /// How far clocks may be apart.
    private static final Duration SKEW = Duration.ofSeconds(30);

    private Tokens() {}

    /// Those of the embedded authorization server.
    ///
    /// @param issuer empty when only requests tell: then the keys alone say that it is ours
    /// @param db     tells what people are by now
    public static JwtDecoder embedded(
            JWKSource<SecurityContext> keys, Optional<String> issuer, String audience, JdbcClient db, Clock clock) {
        var decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(validator(issuer, audience, clock), new StillSo(db)));
        return new CountedTokens(decoder, clock);
    }

    /// Those of another issuer, whose metadata is read when the first token comes, so that it need not be up before us.
    public static JwtDecoder of(String issuer, String audience, Clock clock) {
        var known = new SupplierJwtDecoder(() -> {
            var decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
            decoder.setJwtValidator(validator(Optional.of(issuer), audience, clock));
            return decoder;
        });
        return new CountedTokens(known, clock);
    }

    private static OAuth2TokenValidator<Jwt> validator(Optional<String> issuer, String audience, Clock clock) {
        var times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        var always = List.<OAuth2TokenValidator<Jwt>>of(times, new JwtAudienceValidator(audience));
        return new DelegatingOAuth2TokenValidator<>(issuer.<List<OAuth2TokenValidator<Jwt>>>map(
                        known -> List.of(always.get(0), always.get(1), new JwtIssuerValidator(known)))
                .orElse(always));
    }
}
