package mutirao.platform.projection;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mutirao.Mutirao;
import mutirao.platform.test.FreshDatabase;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/// The query side in the test's JVM on a database of its own, shared by the tests that say just this, with its
/// [Tabelas]. They act as the one organization's coordination.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(classes = Mutirao.class)
@TestPropertySource(properties = "mutirao.side=query")
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(Tabelas.class)
@ExtendWith(ComoCoordenacao.class)
public @interface Consulta {
    /// Whether it listens, and where.
    @AliasFor(annotation = SpringBootTest.class)
    WebEnvironment webEnvironment() default WebEnvironment.MOCK;
}
