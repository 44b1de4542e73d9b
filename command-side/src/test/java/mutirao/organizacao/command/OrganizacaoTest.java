package mutirao.organizacao.command;

import static mutirao.platform.test.Elenco.pessoa;
import static mutirao.platform.test.Elenco.soPodem;

import java.util.Set;
import java.util.UUID;
import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoCommand.RenomearOrganizacao;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoCriada;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoRenomeada;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.identity.Role;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
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

    private TestExecutor<Organizacao> criada() {
        return fixture.given(new OrganizacaoCriada(ID, "Cozinha"));
    }

    private static RenomearOrganizacao renomear(String name) {
        return new RenomearOrganizacao(ID, name);
    }

    @Test
    void muda_de_nome_quando_e_outro() {
        var admin = pessoa(UUID.randomUUID(), Role.ADMIN).metadata();

        criada().when(renomear("Cozinha da Vila"), admin).expectEvents(new OrganizacaoRenomeada(ID, "Cozinha da Vila"));
        criada().when(renomear("Cozinha"), admin).expectNoEvents().expectSuccessfulHandlerExecution();
        fixture.given(new OrganizacaoCriada(ID, "Cozinha"), new OrganizacaoRenomeada(ID, "Cozinha da Vila"))
                .when(renomear("Cozinha"), admin)
                .expectEvents(new OrganizacaoRenomeada(ID, "Cozinha"));
    }

    @Test
    void so_admin_ou_operador_lhe_muda_o_nome() {
        soPodem(this::criada, renomear("Cozinha da Vila"), Set.of(Role.ADMIN, Role.OPERADOR));
    }
}
