package mutirao.organizacao.command;

import static mutirao.platform.test.Elenco.pessoa;
import static mutirao.platform.test.Elenco.soPodem;

import java.util.Set;
import java.util.UUID;
import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoCriada;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.identity.Role;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class OrganizacaoTest {
    private static final OrganizacaoId ID = new OrganizacaoId(UUID.fromString("07a00000-0000-4000-8000-000000000000"));
    private static final CriarOrganizacao CRIAR = new CriarOrganizacao(ID, "Cozinha Solid\u00e1ria");

    private final AggregateTestFixture<Organizacao> fixture = new AggregateTestFixture<>(Organizacao.class);

    @Test
    void nasce_com_um_nome() {
        var operator = pessoa(UUID.randomUUID(), Role.OPERADOR).in(ID.value());

        fixture.givenNoPriorActivity()
                .when(CRIAR, operator.metadata())
                .expectEvents(new OrganizacaoCriada(ID, "Cozinha Solid\u00e1ria"));
    }

    @Test
    void so_um_operador_a_cria() {
        soPodem(fixture::givenNoPriorActivity, CRIAR, Set.of(Role.OPERADOR));
    }
}
