package mutirao;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mutirao.platform.test.FreshDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/// The whole application in the test's JVM, on a free port and a database of its own, shared by the tests that say just
/// this, with an [Api] to talk to it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        classes = Mutirao.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "mutirao.side=both",
            "mutirao.demo=false",
            "mutirao.limites.falhas.rajada=1000000", // every test comes from one address
            "mutirao.limites.estranhos.rajada=1000000",
            "mutirao.admin-password=uma senha para o teste",
            "mutirao.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "mutirao.identity.issuer=http://localhost"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
@Import({Api.class, Carimbo.class})
public @interface Aplicacao {}
