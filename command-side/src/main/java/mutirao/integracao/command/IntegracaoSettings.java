package mutirao.integracao.command;

import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `mutirao.integracao.*`.
///
/// @param publica       whether what happens is told to other systems; without a broker it never is
/// @param organizacoes  for which organizations neighbours may ask for something: whoever reaches the broker acts
///                      for any of them
@ConfigurationProperties("mutirao.integracao")
record IntegracaoSettings(
        @DefaultValue("true") boolean publica, @DefaultValue Set<UUID> organizacoes) {
    IntegracaoSettings {
        organizacoes = organizacoes.isEmpty() ? Set.of(Actors.ORGANIZATION) : Set.copyOf(organizacoes);
    }
}
