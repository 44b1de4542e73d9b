package mutirao;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/// An [Aplicacao] that soon gives up, and soon says so.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@TestPropertySource(
        properties = {
            "mutirao.comandos.attempts=2",
            "mutirao.comandos.pause=PT0.02S",
            "mutirao.log.quiet=PT6S", // a follower pauses for up to 4 s
            "mutirao.log.count=PT1S"
        })
@interface Impaciente {}
