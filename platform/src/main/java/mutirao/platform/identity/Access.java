package mutirao.platform.identity;

import static mutirao.platform.identity.Role.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    private static final String FOR_ONESELF =
            "o voluntário só a si mesmo; coordenação a qualquer um que não aja só em outra organização";
    private static final String ITS_VOLUNTEER = "só o voluntário dela";
    private static final String CONCERNED = "coordenação e auditoria veem todas; os outros, as suas";
    private static final String OWN_TICKET = "quem o abriu; senão suporte";
    private static final String PLACE_BEHIND_A_VEIL = "o lugar exato só a quem precisa dele";

    /// One row for each operation of the API.
    public static final List<Row> TABLE = List.of(
            may("GET /api/eu").everybody(),
            may("GET /api/publico/necessidades").nobodyNeedsToLogIn(),
            // People
            may("POST /api/usuarios", ADMIN, OPERADOR).also("ADMIN na sua organização, OPERADOR em qualquer uma"),
            may("GET /api/usuarios", COORDINATION),
            may("GET /api/usuarios/{id}", READERS).also("a si mesmo; os outros só coordenação"),
            may("PATCH /api/usuarios/{id}", READERS)
                    .also("nome e contato: a si mesmo, ou ADMIN; papéis: ADMIN; um OPERADOR só outro muda"),
            may("POST /api/usuarios/{id}/desativacao", ADMIN).also("não a si mesmo; um OPERADOR só outro"),
            may("POST /api/usuarios/{id}/reativacao", ADMIN).also("um OPERADOR só outro"),
            may("POST /api/usuarios/{id}/convite", ADMIN)
                    .also("o link, quando não vai por e-mail: de um OPERADOR só outro"),
            may("POST /api/organizacoes", OPERADOR),
            may("GET /api/organizacoes", OPERADOR),
            may("PATCH /api/organizacoes/{id}", ADMIN, OPERADOR).also("ADMIN a sua, OPERADOR qualquer uma"),
            // Solidarity
            may("POST /api/necessidades", PEOPLE),
            may("GET /api/necessidades", READERS).also(PLACE_BEHIND_A_VEIL),
            may("GET /api/necessidades/{id}", READERS).also(PLACE_BEHIND_A_VEIL),
            may("PATCH /api/necessidades/{id}", PEOPLE).also(OWN_NEED),
            may("POST /api/necessidades/{id}/cancelamento", PEOPLE).also(OWN_NEED),
            may("GET /api/necessidades/{id}/sugestoes", COORDINATION),
            may("POST /api/importacoes/necessidades", COORDINATION),
            may("POST /api/ofertas", GIVERS),
            may("GET /api/ofertas", READERS).also(PLACE_BEHIND_A_VEIL),
            may("GET /api/ofertas/{id}", READERS).also(PLACE_BEHIND_A_VEIL),
            may("PATCH /api/ofertas/{id}", GIVERS).also(OWN_OFFER),
            may("POST /api/ofertas/{id}/cancelamento", GIVERS).also(OWN_OFFER),
            may("POST /api/ofertas/{id}/reservas", CARRIERS).also(FOR_ONESELF),
            may("DELETE /api/ofertas/{id}/reservas/{reservaId}", GIVERS)
                    .also("quem a tem, quem publicou a oferta; senão coordenação"),
            may("POST /api/entregas", CARRIERS).also(FOR_ONESELF),
            may("GET /api/entregas", READERS).also(CONCERNED),
            may("GET /api/entregas/{id}", READERS).also(CONCERNED),
            may("POST /api/entregas/{id}/aceite", CARRIERS).also(ITS_VOLUNTEER),
            may("POST /api/entregas/{id}/recusa", CARRIERS).also(ITS_VOLUNTEER),
            may("POST /api/entregas/{id}/inicio", CARRIERS).also(ITS_VOLUNTEER),
            may("POST /api/entregas/{id}/posicoes", CARRIERS).also(ITS_VOLUNTEER),
            may("POST /api/entregas/{id}/conclusao", CARRIERS).also(ITS_VOLUNTEER),
            may("GET /api/entregas/{id}/codigo", PEOPLE).also("quem criou a necessidade; senão coordenação"),
            may("POST /api/entregas/{id}/codigo/renovacao", COORDINATION),
            may("POST /api/entregas/{id}/cancelamento", CARRIERS).also("o voluntário dela; senão coordenação"),
            may("POST /api/simulacoes", COORDINATION),
            // Support
            may("POST /api/tickets", PEOPLE),
            may("GET /api/tickets", READERS).also("suporte e auditoria veem todos; os outros, os seus"),
            may("GET /api/tickets/{id}", READERS).also("suporte e auditoria veem todos; os outros, os seus"),
            may("POST /api/tickets/{id}/atribuicao", SUPPORT).also("só a alguém da organização"),
            may("PUT /api/tickets/{id}/prioridade", SUPPORT),
            may("POST /api/tickets/{id}/fechamento", SUPPORT),
            may("POST /api/tickets/{id}/comentarios", PEOPLE).also(OWN_TICKET),
            may("POST /api/tickets/{id}/reabertura", PEOPLE).also(OWN_TICKET),
            // Audit
            may("GET /api/auditoria", ADMIN, COORDENADOR, AUDITOR),
            may("GET /api/auditoria/{aggregateType}/{aggregateId}", ADMIN, COORDENADOR, AUDITOR),
            may("GET /api/auditoria/{aggregateType}/{aggregateId}/estado", ADMIN, COORDENADOR, AUDITOR),
            may("GET /api/auditoria/correlacao/{correlationId}", ADMIN, COORDENADOR, AUDITOR),
            may("GET /api/analytics/eventos", ADMIN, COORDENADOR, AUDITOR),
            // The installation
            may("GET /api/projecoes", OPERADOR),
            may("POST /api/projecoes/reconstrucao", OPERADOR),
            may("POST /api/projecoes/{name}/reconstrucao", OPERADOR),
            may("GET /api/projecoes/{name}/reconstrucao", OPERADOR),
            may("DELETE /api/projecoes/{name}/reconstrucao", OPERADOR),
            may("POST /api/projecoes/{name}/volta", OPERADOR),
            may("GET /api/mensagens-mortas", OPERADOR).also("o conteúdo só das suas organizações"),
            may("GET /api/mensagens-mortas/{id}", OPERADOR).also("o conteúdo só das suas organizações"),
            may("POST /api/mensagens-mortas/{id}/reprocessamento", OPERADOR),
            may("POST /api/mensagens-mortas/{id}/correcao", OPERADOR).also("só mensagens das suas organizações"),
            may("POST /api/mensagens-mortas/reprocessamento", OPERADOR),
            may("DELETE /api/mensagens-mortas/{id}", OPERADOR));

    private static final Map<String, Row> BY_OPERATION =
            TABLE.stream().collect(Collectors.toUnmodifiableMap(Row::operation, Function.identity()));

    private Access() {}

    /// Who may call an operation.
    ///
    /// @param operation method and path as it is mapped, such as `GET /api/ofertas/{id}`
    /// @return empty when that is nobody
    public static Optional<Row> row(String operation) {
        return Optional.ofNullable(BY_OPERATION.get(operation));
    }

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

        /// For people.
        public String inWords() {
            var who = open
                    ? "Sem token."
                    : roles.isEmpty()
                            ? "Quem entrou."
                            : roles.stream().map(Role::name).collect(Collectors.joining(", ", "Quem pode: ", "."));
            return also.isEmpty() ? who : who + " Além do papel: " + also + ".";
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

    private static Row may(String operation, Role... roles) {
        var any = EnumSet.noneOf(Role.class);
        any.addAll(Arrays.asList(roles));
        return new Row(operation, any, "", false);
    }
}
