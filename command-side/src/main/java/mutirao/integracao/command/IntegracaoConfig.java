package mutirao.integracao.command;

import java.util.List;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.Producer;
import mutirao.platform.retention.Outdated;
import mutirao.platform.retention.RetentionSettings;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import mutirao.platform.stream.OtherLetters;
import mutirao.platform.stream.Subscribers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is told to other systems, and what they could not be told.
@Configuration(proxyBeanMethods = false)
@OnSide(Side.COMMAND)
class IntegracaoConfig {
    /// Where there is no broker there is nobody to tell; the first start with one tells everything from the
    /// beginning.
    @Bean
    Subscribers reacoes(
            Traducoes translations,
            Producer producer,
            IntegracaoSettings settings,
            @Value("${mutirao.messaging.broker:none}") String broker,
            @Value("${mutirao.messaging.source:${spring.application.name}}") String source) {
        return () -> settings.publica() && !broker.equalsIgnoreCase("none")
                ? List.of(new Publicacao(translations, producer, source))
                : List.of();
    }

    /// The library only ever adds to them.
    @Bean
    Outdated mensagensTratadas(JdbcClient db, RetentionSettings settings) {
        return Outdated.rows(db, "ids of handled messages", settings.messages(), "processed_message", "processed_at");
    }

    @Bean
    OtherLetters mensagensMortas(DeadLetters letters) {
        return new MensagensMortas(letters);
    }
}
