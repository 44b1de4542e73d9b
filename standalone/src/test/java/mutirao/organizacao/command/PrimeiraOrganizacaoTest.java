package mutirao.organizacao.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import mutirao.Api;
import mutirao.Aplicacao;
import mutirao.Quem;
import mutirao.api.Actors;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.identity.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// The organization that is there from the beginning, as one like all others.
@Aplicacao
class PrimeiraOrganizacaoTest {
    private static final String CAMINHO = "/api/organizacoes/" + Actors.ORGANIZATION;

    @Autowired
    Api api;

    @Autowired
    PrimeiraOrganizacao primeira;

    @Test
    void tem_nome_esta_na_lista_e_quem_a_administra_lhe_da_outro() {
        assertThat(naLista(Actors.ORGANIZATION).get("name").asString()).isNotBlank();

        var mudada = api.como(Role.ADMIN)
                .send("PATCH", CAMINHO, "{\"name\": \"Rede do Sarandi\"}")
                .com(200);

        var eu = api.get("/api/eu?minPosition=" + mudada.position()).com(200).json();
        assertThat(eu.at("/organizations/0/name").asString()).isEqualTo("Rede do Sarandi");
        assertThat(naLista(Actors.ORGANIZATION).get("name").asString()).isEqualTo("Rede do Sarandi");
        api.como(Role.VOLUNTARIO)
                .send("PATCH", CAMINHO, "{\"name\": \"Minha\"}")
                .com(403);
        assertThat(api.post("/api/organizacoes", "{\"id\": \"" + Actors.ORGANIZATION + "\", \"name\": \"Outra\"}")
                        .com(409)
                        .code())
                .isEqualTo("JA_EXISTE");
    }

    @Test
    void onde_ha_eventos_e_ela_falta_a_partida_a_cria_uma_vez_so() {
        var id = new OrganizacaoId(UUID.randomUUID());
        api.necessidade("água", 1).com(201);

        primeira.criar(id);
        primeira.criar(id);

        var criada = naLista(id.value());
        assertThat(criada.get("name").asString()).isEqualTo(PrimeiraOrganizacao.NOME);
        assertThat(criada.get("version").asInt()).isZero();
        assertThat(historia(id).toString()).contains("job:primeira-organizacao");
        assertThat(historia(id)).hasSize(1);
    }

    @Test
    void uma_partida_depois_nao_muda_o_nome_que_lhe_deram() {
        api.send("PATCH", CAMINHO, "{\"name\": \"A nossa\"}").com(200);

        primeira.criar(new OrganizacaoId(Actors.ORGANIZATION));

        var necessidade = api.necessidade("água", 1).com(201);
        api.get("/api/organizacoes?minPosition=" + necessidade.position()).com(200);
        assertThat(naLista(Actors.ORGANIZATION).get("name").asString()).isEqualTo("A nossa");
    }

    private JsonNode naLista(UUID id) {
        var page = api.ate(
                "/api/organizacoes?limit=200",
                seen -> seen.get("items").valueStream().anyMatch(each -> id(each).equals(id)));
        return page.get("items")
                .valueStream()
                .filter(each -> id(each).equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static UUID id(JsonNode organizacao) {
        return UUID.fromString(organizacao.get("id").asString());
    }

    private JsonNode historia(OrganizacaoId id) {
        return api.como(new Quem(UUID.randomUUID(), id.value(), Set.of(Role.ADMIN, Role.AUDITOR)))
                .ate(
                        "/api/auditoria?aggregateType=organizacao&aggregateId=" + id.value(),
                        seen -> !seen.get("items").isEmpty())
                .get("items");
    }
}
