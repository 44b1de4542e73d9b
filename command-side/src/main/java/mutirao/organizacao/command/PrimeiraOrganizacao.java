package mutirao.organizacao.command;

import mutirao.api.Actors;
import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.command.Beginning;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The organization that everybody acts for who names no other is one like all others: with a name, which its
/// administrators change.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // whoever belongs to it comes after it
class PrimeiraOrganizacao implements ApplicationListener<ApplicationReadyEvent> {
    /// Until somebody gives it theirs.
    static final String NOME = "Primeira organização";

    private static final OrganizacaoId ID = new OrganizacaoId(Actors.ORGANIZATION);

    private final Beginning beginning;

    PrimeiraOrganizacao(Beginning beginning) {
        this.beginning = beginning;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        criar(ID);
    }

    /// Changes nothing where it is.
    void criar(OrganizacaoId id) {
        beginning.with(new CriarOrganizacao(id, NOME), "job:primeira-organizacao", id.value());
    }
}
