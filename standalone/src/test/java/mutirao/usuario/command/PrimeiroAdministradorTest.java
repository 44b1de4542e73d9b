package mutirao.usuario.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import mutirao.Api;
import mutirao.Aplicacao;
import mutirao.Quem;
import mutirao.api.Actors;
import mutirao.identity.account.Accounts;
import mutirao.platform.identity.Role;
import mutirao.usuario.api.Papel;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/// The administrator of a first start, as a person.
@Aplicacao
class PrimeiroAdministradorTest {
    private static final String CAMINHO = "/api/usuarios/" + Actors.ADMINISTRATOR;

    @Autowired
    Api api;

    @Autowired
    PrimeiroAdministrador primeiro;

    @Autowired
    Accounts accounts;

    @Value("${mutirao.admin-password}")
    String senha;

    private Api ele() {
        return api.como(new Quem(Actors.ADMINISTRATOR, Actors.ORGANIZATION, Set.of(Role.ADMIN, Role.OPERADOR)));
    }

    private JsonNode historia() {
        return ele().get("/api/auditoria?limit=200&aggregateType=usuario&aggregateId=" + Actors.ADMINISTRATOR)
                .com(200)
                .json()
                .get("items");
    }

    @Test
    void sabe_quem_e() {
        var eu = ele().ate("/api/eu", me -> !me.get("name").isNull());

        assertThat(eu.get("name").asString()).isEqualTo("Administração");
        assertThat(eu.get("email").asString()).isEqualTo("admin");
        assertThat(eu.at("/organizations/0/roles").toString()).isEqualTo("[\"ADMIN\",\"OPERADOR\"]");
    }

    @Test
    void foi_o_sistema_que_o_cadastrou_e_nada_do_que_abre_esta_no_evento() {
        ele().ate(CAMINHO, _ -> true);

        assertThat(historia().toString()).contains("job:primeiro-administrador").doesNotContain(senha, "argon2");
    }

    @Test
    void um_processo_que_chega_depois_nao_o_cadastra_de_novo() {
        ele().ate(CAMINHO, _ -> true);
        var antes = historia().size();

        primeiro.cadastrar(Set.of(Papel.ADMIN));

        assertThat(historia()).hasSize(antes);
    }

    @Test
    void da_se_um_nome_e_entra_como_antes() {
        ele().ate(CAMINHO, _ -> true);

        var mudada = ele().send("PATCH", CAMINHO, "{\"phone\": \"+55 51 99999-0000\"}")
                .com(200);

        ele().get(CAMINHO + "?minPosition=" + mudada.position()).com(200);
        assertThat(accounts.logIn("admin", senha)).hasValue(Actors.ADMINISTRATOR);
        assertThat(api.como(Role.ADMIN)
                        .send("PATCH", CAMINHO, "{\"email\": \"outra@example.org\"}")
                        .status())
                .as("whoever does not run the installation")
                .isEqualTo(403);
    }
}
