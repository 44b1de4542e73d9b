package mutirao.platform.identity;

import static mutirao.platform.identity.Role.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Who may call what: the one table that says so. An operation without a row is nobody's. `docs/acesso.md` shows it.
///
/// A role opens the door; what is behind it may ask for more, and each such rule stands in its row in words and in one
/// place of the code: for commands in the aggregate, for reads in the query.
public final class Access {
    /// Everybody who takes part.
    private static final Role[] PEOPLE = {ADMIN, COORDENADOR, TECNICO, VOLUNTARIO, DOADOR, USUARIO};

    private static final Role[] READERS = {ADMIN, COORDENADOR, TECNICO, VOLUNTARIO, DOADOR, USUARIO, AUDITOR};
    private static final Role[] COORDINATION = {ADMIN, COORDENADOR};
    private static final Role[] GIVERS = {ADMIN, COORDENADOR, VOLUNTARIO, DOADOR};
    private static final Role[] CARRIERS = {ADMIN, COORDENADOR, VOLUNTARIO};
    private static final Role[] SUPPORT = {ADMIN, COORDENADOR, TECNICO};

    private static final String OWN_NEED = "quem a criou; senão coordenação";
    private static final String OWN_OFFER = "quem a publicou; senão coordenação";
    private static final String FOR_ONESELF = "o voluntário só a si mesmo; coordenação a qualquer um";
    private static final String ITS_VOLUNTEER = "só o voluntário dela";
    private static final String CONCERNED = "coordenação e auditoria veem todas; os outros, as suas";
    private static final String OWN_TICKET = "quem o abriu; senão suporte";
    private static final String PLACE_BEHIND_A_VEIL = "o lugar exato só a quem precisa dele";

    /// One row for each operation of the API.
    public static final List<Row> TABLE = List.of(
            row("GET /api/eu").everybody(),
            row("GET /api/publico/necessidades").nobodyNeedsToLogIn(),
            // People
            row("POST /api/usuarios", ADMIN, OPERADOR).also("ADMIN na sua organização, OPERADOR em qualquer uma"),
            row("GET /api/usuarios", COORDINATION),
            row("GET /api/usuarios/{id}", READERS).also("a si mesmo; os outros só coordenação"),
            row("PATCH /api/usuarios/{id}", READERS).also("nome e contato: a si mesmo, ou ADMIN; papéis: ADMIN"),
            row("POST /api/usuarios/{id}/desativacao", ADMIN),
            row("POST /api/usuarios/{id}/reativacao", ADMIN),
            row("POST /api/usuarios/{id}/convite", ADMIN),
            row("POST /api/organizacoes", OPERADOR),
            row("GET /api/organizacoes", OPERADOR),
            // Solidarity
            row("POST /api/necessidades", PEOPLE),
            row("GET /api/necessidades", READERS).also(PLACE_BEHIND_A_VEIL),
            row("GET /api/necessidades/{id}", READERS).also(PLACE_BEHIND_A_VEIL),
            row("PATCH /api/necessidades/{id}", PEOPLE).also(OWN_NEED),
            row("POST /api/necessidades/{id}/cancelamento", PEOPLE).also(OWN_NEED),
            row("GET /api/necessidades/{id}/sugestoes", COORDINATION),
            row("POST /api/importacoes/necessidades", COORDINATION),
            row("POST /api/ofertas", GIVERS),
            row("GET /api/ofertas", READERS).also(PLACE_BEHIND_A_VEIL),
            row("GET /api/ofertas/{id}", READERS).also(PLACE_BEHIND_A_VEIL),
            row("PATCH /api/ofertas/{id}", GIVERS).also(OWN_OFFER),
            row("POST /api/ofertas/{id}/cancelamento", GIVERS).also(OWN_OFFER),
            row("POST /api/ofertas/{id}/reservas", CARRIERS).also(FOR_ONESELF),
            row("DELETE /api/ofertas/{id}/reservas/{reservaId}", GIVERS)
                    .also("quem a tem, quem publicou a oferta; senão coordenação"),
            row("POST /api/entregas", CARRIERS).also(FOR_ONESELF),
            row("GET /api/entregas", READERS).also(CONCERNED),
            row("GET /api/entregas/{id}", READERS).also(CONCERNED),
            row("POST /api/entregas/{id}/aceite", CARRIERS).also(ITS_VOLUNTEER),
            row("POST /api/entregas/{id}/recusa", CARRIERS).also(ITS_VOLUNTEER),
            row("POST /api/entregas/{id}/inicio", CARRIERS).also(ITS_VOLUNTEER),
            row("POST /api/entregas/{id}/posicoes", CARRIERS).also(ITS_VOLUNTEER),
            row("POST /api/entregas/{id}/conclusao", CARRIERS).also(ITS_VOLUNTEER),
            row("GET /api/entregas/{id}/codigo", PEOPLE).also("quem criou a necessidade; senão coordenação"),
            row("POST /api/entregas/{id}/codigo/renovacao", COORDINATION),
            row("POST /api/entregas/{id}/cancelamento", CARRIERS).also("o voluntário dela; senão coordenação"),
            row("POST /api/simulacoes", COORDINATION),
            // Support
            row("POST /api/tickets", PEOPLE),
            row("GET /api/tickets", READERS).also("suporte e auditoria veem todos; os outros, os seus"),
            row("GET /api/tickets/{id}", READERS).also("suporte e auditoria veem todos; os outros, os seus"),
            row("POST /api/tickets/{id}/atribuicao", SUPPORT),
            row("PUT /api/tickets/{id}/prioridade", SUPPORT),
            row("POST /api/tickets/{id}/fechamento", SUPPORT),
            row("POST /api/tickets/{id}/comentarios", PEOPLE).also(OWN_TICKET),
            row("POST /api/tickets/{id}/reabertura", PEOPLE).also(OWN_TICKET),
            // Audit
            row("GET /api/auditoria", ADMIN, COORDENADOR, AUDITOR),
            row("GET /api/auditoria/{aggregateType}/{aggregateId}", ADMIN, COORDENADOR, AUDITOR),
            row("GET /api/auditoria/{aggregateType}/{aggregateId}/estado", ADMIN, COORDENADOR, AUDITOR),
            row("GET /api/auditoria/correlacao/{correlationId}", ADMIN, COORDENADOR, AUDITOR),
            // The installation
            row("GET /api/projecoes", OPERADOR),
            row("POST /api/projecoes/reconstrucao", OPERADOR),
            row("POST /api/projecoes/{name}/reconstrucao", OPERADOR),
            row("GET /api/projecoes/{name}/reconstrucao", OPERADOR),
            row("DELETE /api/projecoes/{name}/reconstrucao", OPERADOR),
            row("POST /api/projecoes/{name}/volta", OPERADOR),
            row("GET /api/mensagens-mortas", OPERADOR).also("o conteúdo só das suas organizações"),
            row("GET /api/mensagens-mortas/{id}", OPERADOR).also("o conteúdo só das suas organizações"),
            row("POST /api/mensagens-mortas/{id}/reprocessamento", OPERADOR),
            row("POST /api/mensagens-mortas/reprocessamento", OPERADOR),
            row("DELETE /api/mensagens-mortas/{id}", OPERADOR));

    private Access() {}

    /// Who may call one operation.
    ///
    /// @param operation method and path as it is mapped, such as `GET /api/ofertas/{id}`
    /// @param roles     any of which opens it; empty for whoever has logged in
    /// @param also      what is asked for beside the role, for people; empty for nothing
    /// @param open      whether nobody needs to log in
    public record Row(String operation, Set<Role> roles, String also, boolean open) {
        /// Whether its roles open it.
        public boolean allows(Actor actor) {
            return open || roles.isEmpty() || roles.stream().anyMatch(actor::is);
        }

        private Row also(String rule) {
            return new Row(operation, roles, rule, open);
        }

        private Row everybody() {
            return this;
        }

        private Row nobodyNeedsToLogIn() {
            return new Row(operation, roles, also, true);
        }
    }

    private static Row row(String operation, Role... roles) {
        var any = EnumSet.noneOf(Role.class);
        any.addAll(Arrays.asList(roles));
        return new Row(operation, any, "", false);
    }
}
