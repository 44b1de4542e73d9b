package mutirao;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.identity.key.SigningKeys;
import mutirao.identity.token.TokenClaims;
import mutirao.platform.identity.Role;

/// Makes the tokens that the application's own server would make, with its own key.
final class Carimbo implements Passes {
    private final SigningKeys keys;
    private final Clock clock;
    private final Map<Quem, String> feitos = new ConcurrentHashMap<>();

    Carimbo(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String de(Quem quem) {
        return feitos.computeIfAbsent(quem, _ -> assinado(conteudo(quem).build()));
    }

    /// What such a token says, to be changed.
    JWTClaimsSet.Builder conteudo(Quem quem) {
        return new JWTClaimsSet.Builder()
                .subject(quem.id().toString())
                .issuer("http://localhost")
                .audience(TokenClaims.AUDIENCE)
                .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(2))))
                .claim(TokenClaims.ORGANIZATION, quem.organizacao().toString())
                .claim(
                        TokenClaims.ROLES,
                        List.copyOf(quem.papeis().stream().map(Role::name).toList()));
    }

    String assinado(JWTClaimsSet claims) {
        var key = keys.current();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
