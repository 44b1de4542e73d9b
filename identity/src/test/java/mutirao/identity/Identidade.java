package mutirao.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mutirao.Mutirao;
import mutirao.platform.test.FreshDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/// The authorization server on a free port and a database of its own, with a clock that can be put forward.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        classes = Mutirao.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "mutirao.side=command",
            "mutirao.limites.falhas.rajada=1000000", // every test comes from one address
            "mutirao.limites.estranhos.rajada=1000000",
            "mutirao.identity.server=embedded",
            "mutirao.identity.issuer=" + Identidade.ISSUER + "/",
            "mutirao.key=" + Identidade.KEY,
            "mutirao.admin-password=" + Identidade.SENHA,
            "mutirao.bootstrap-client=" + Identidade.CLIENTES
        })
@ContextConfiguration(initializers = FreshDatabase.class)
@Import({Relogio.Config.class, Navegador.class, Cadastros.class})
@interface Identidade {
    String ISSUER = "https://mutirao.example";
    String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    String SENHA = "senha do administrador";
    String PESSOA = "5a7a4d10-0000-4000-8000-000000000077";
    String OUTRA_ORGANIZACAO = "5a7a4d10-0000-4000-8000-000000000099";
    String CLIENTES = "robo:segredo-do-robo:COORDENADOR,ADMIN;" + PESSOA + ":outro-segredo:VOLUNTARIO:"
            + OUTRA_ORGANIZACAO + ";" + "gestora:segredo-da-gestora:ADMIN:" + OUTRA_ORGANIZACAO
            + ";operadora:da-operadora:ADMIN,OPERADOR";
}
