package mutirao.importacao.command;

import jakarta.validation.Validation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.Problem.FieldError;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the tests of the formats share.
final class Linhas {
    static final UUID CRIADORA = UUID.fromString("33333333-3333-4333-8333-333333333333");
    static final Sender SENDER = new Sender(
            Actor.caller(CRIADORA, Actors.ORGANIZATION, Set.of(Role.COORDENADOR)), "c", "c", "rest", null, null);

    /// As strict as `application.yml` makes the application's own.
    static final LineBinder BINDER = new LineBinder(
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build(),
            Validation.buildDefaultValidatorFactory().getValidator());

    private Linhas() {}

    /// What is wrong with the line, by field.
    static List<String> erros(LineFormat format, String line) {
        return Assertions.catchThrowableOfType(Problem.class, () -> format.commands(line)).errors().stream()
                .map(FieldError::field)
                .toList();
    }

    /// What is wrong with the line as a whole.
    static String recusa(LineFormat format, String line) {
        var problem = Assertions.catchThrowableOfType(Problem.class, () -> format.commands(line));
        Assertions.assertThat(problem.errors()).isEmpty();
        return problem.getMessage();
    }
}
