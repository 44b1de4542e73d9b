package mutirao.importacao.command;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NovaNecessidade;
import mutirao.platform.command.Sender;
import mutirao.platform.rest.Problem;
import tools.jackson.databind.node.ObjectNode;

/// A line of NDJSON is the body of `POST /api/necessidades` with an `externalId`, from which the need's id follows.
final class NecessidadeFormat implements LineFormat {
    private static final String EXTERNAL_ID = "externalId";

    private final LineBinder binder;
    private final Sender sender;

    NecessidadeFormat(LineBinder binder, Sender sender) {
        this.binder = binder;
        this.sender = sender;
    }

    private record External(@NotBlank @Size(max = 200) String externalId) {}

    @Override
    public List<CriarNecessidade> commands(String line) {
        return List.of(need(binder.object(line)));
    }

    /// @throws Problem with all that is wrong with the line
    CriarNecessidade need(ObjectNode line) {
        if (line.has("id")) {
            throw Problem.invalid("id", "não se dá aqui: o id vem de externalId");
        }
        var named = binder.object();
        var externalId = line.remove(EXTERNAL_ID);
        if (externalId != null) {
            named.set(EXTERNAL_ID, externalId);
        }
        var external = binder.read(named, External.class);
        var nova = binder.read(line, NovaNecessidade.class);
        binder.requireValid(List.of(external, nova));
        return nova.command(id(sender.organizationId(), external.externalId), sender.userId());
    }

    /// The id of the need that an organization knows under that name. Files already imported depend on it.
    static NecessidadeId id(UUID organization, String externalId) {
        return new NecessidadeId(NameUuid.of(organization, "necessidade:" + externalId));
    }
}
