package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.identity.key.SigningKeys;
import mutirao.platform.identity.Access;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every operation of the OpenAPI, asked by everybody there is. A new one is asked too, and fails without an
/// [mutirao.platform.identity.OpenTo].
@Aplicacao
@TestPropertySource(
        properties = "mutirao.oferta.reserva=PT20M") // a program of its own: everything is asked for, rebuilds too
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcessoTest {
    /// Roles that see to what others began.
    private static final Set<Role> COORDENACAO = Set.of(Role.ADMIN, Role.COORDENADOR);

    private static final Set<String> SO_O_VOLUNTARIO = Set.of(
            "POST /api/entregas/{id}/aceite",
            "POST /api/entregas/{id}/recusa",
            "POST /api/entregas/{id}/inicio",
            "POST /api/entregas/{id}/posicoes",
            "POST /api/entregas/{id}/conclusao");

    private static final String MOTIVO = "{\"reason\": \"porque sim\"}";

    /// What each asks for with a body, so that it comes to who may do it.
    private static final Map<String, String> CORPOS = Map.ofEntries(
            Map.entry("PATCH /api/necessidades/{id}", "{\"urgency\": \"MEDIA\"}"),
            Map.entry("POST /api/necessidades/{id}/cancelamento", MOTIVO),
            Map.entry("PATCH /api/organizacoes/{id}", "{\"name\": \"Cozinha\"}"),
            Map.entry("PATCH /api/ofertas/{id}", "{\"category\": \"AGUA\"}"),
            Map.entry("POST /api/ofertas/{id}/cancelamento", MOTIVO),
            Map.entry("POST /api/ofertas/{id}/reservas", """
                    {"volunteerId": "0ffe1a00-0000-4000-8000-000000000000", "items": [{"item": "Água", "quantity": 1}]}
                    """),
            Map.entry("POST /api/entregas/{id}/recusa", MOTIVO),
            Map.entry("POST /api/entregas/{id}/posicoes", "{\"latitude\": 1, \"longitude\": 1}"),
            Map.entry("POST /api/entregas/{id}/conclusao", """
                    {"receiverId": "0ffe1a00-0000-4000-8000-000000000000", "confirmationCode": "000000"}
                    """),
            Map.entry("POST /api/entregas/{id}/cancelamento", MOTIVO),
            Map.entry("POST /api/tickets/{id}/atribuicao", """
                    {"technicianId": "0ffe1a00-0000-4000-8000-000000000000"}
                    """),
            Map.entry("POST /api/tickets/{id}/comentarios", "{\"text\": \"oi\"}"),
            Map.entry("PUT /api/tickets/{id}/prioridade", "{\"priority\": \"ALTA\"}"),
            Map.entry("POST /api/tickets/{id}/fechamento", "{\"resolution\": \"feito\"}"),
            Map.entry("POST /api/tickets/{id}/reabertura", MOTIVO));

    @Autowired
    Api api;

    @Autowired
    Carimbo carimbo;

    @Autowired
    SigningKeys keys;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    /// Those that say who may call them.
    private final List<Operacao> operacoes = new ArrayList<>();
    /// What there is, by the path of its collection: made by [#dono], in the default organization.
    private final Map<String, UUID> coisas = new LinkedHashMap<>();

    private @Nullable UUID reserva;

    private final Quem dono = Quem.TODOS.com(UUID.randomUUID());

    /// @param access who may call it
    private record Operacao(String method, String path, Access access) {
        String name() {
            return method + " " + path;
        }

        boolean command() {
            return !method.equals("GET");
        }

        String collection() {
            return path.replaceAll("/\\{id}.*", "");
        }

        /// What a person gets who has a role, and to whom the thing is none of theirs: what one may know of is
        /// forbidden, what one may not is not there, and needs and offers are there for all to see.
        int alheia() {
            return command()
                    ? 403
                    : path.startsWith("/api/necessidades") || path.startsWith("/api/ofertas") ? 200 : 404;
        }
    }

    @BeforeAll
    void le_as_operacoes_e_faz_uma_de_cada() {
        Operacoes.de(mapping)
                .forEach((operation, access) -> access.ifPresent(who -> {
                    var parts = operation.split(" ", 2);
                    operacoes.add(new Operacao(parts[0], parts[1], who));
                }));
        var sua = api.como(dono);
        coisas.put("/api/necessidades", sua.necessidade("Água", 10).com(201).id());
        coisas.put("/api/ofertas", sua.oferta("Água", 10).com(201).id());
        reserva = sua.post("/api/ofertas/" + coisas.get("/api/ofertas") + "/reservas", """
                        {"volunteerId": "%s", "items": [{"item": "Água", "quantity": 1}]}
                        """.formatted(dono.id()))
                .com(201)
                .id();
        coisas.put(
                "/api/entregas",
                sua.entrega(coisas.get("/api/ofertas"), coisas.get("/api/necessidades"), "Água", 1)
                        .com(201)
                        .id());
        var ticket = sua.post("/api/tickets", """
                {"title": "t", "description": "d", "category": "ACESSO", "priority": "BAIXA"}
                """);
        coisas.put("/api/tickets", ticket.com(201).id());
        sua.ate("/api/tickets/" + ticket.id() + "?minPosition=" + ticket.position(), _ -> true);
        sua.entregaEm(coisas.get("/api/entregas"), "ATRIBUIDA");
    }

    @Test
    void cada_operacao_diz_quem_a_pode_pedir() {
        assertThat(Operacoes.de(mapping))
                .isNotEmpty()
                .allSatisfy(
                        (operation, access) -> assertThat(access).as(operation).isPresent());
    }

    @Test
    void a_descricao_mostra_as_mesmas_operacoes() {
        var described = new TreeSet<String>();
        api.semToken()
                .get("/v3/api-docs")
                .com(200)
                .json()
                .get("paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((name, _) -> described.add(name.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(Operacoes.de(mapping).keySet());
    }

    /// With ids that are nobody's.
    private Api.Resposta pede(Api quem, Operacao op) {
        return pede(quem, op, UUID.randomUUID());
    }

    private Api.Resposta pede(Api quem, Operacao op, UUID id) {
        var path = op.path()
                .replace("{id}", id.toString())
                .replace("{aggregateType}", "necessidade")
                .replace("{aggregateId}", id.toString())
                .replace("{name}", "nenhuma")
                .replace("{reservaId}", String.valueOf(reserva))
                .replace("{correlationId}", id.toString());
        var body = op.command() && !op.method().equals("DELETE") ? CORPOS.getOrDefault(op.name(), "{}") : null;
        var type = path.startsWith("/api/importacoes") ? "application/x-ndjson" : "application/json";
        return quem.send(op.method(), path, body, "Content-Type", type);
    }

    @TestFactory
    Stream<DynamicTest> sem_um_token_que_valha_nada() throws JOSEException {
        var tokens = new LinkedHashMap<String, String>();
        var bons = carimbo.conteudo(Quem.TODOS).build();
        var rsa = keys.current();
        tokens.put(
                "vencido",
                carimbo.assinado(carimbo.conteudo(Quem.TODOS)
                        .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                        .build()));
        tokens.put(
                "que nunca vence",
                carimbo.assinado(
                        carimbo.conteudo(Quem.TODOS).expirationTime(null).build()));
        tokens.put(
                "para outra audiência",
                carimbo.assinado(carimbo.conteudo(Quem.TODOS).audience("outra").build()));
        tokens.put(
                "de outro emissor",
                carimbo.assinado(carimbo.conteudo(Quem.TODOS)
                        .issuer("https://mutirao.example")
                        .build()));
        tokens.put("sem assinatura", new PlainJWT(bons).serialize());
        var mac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(rsa.getKeyID()).build(), bons);
        mac.sign(new MACSigner(rsa.toRSAPublicKey().getEncoded()));
        tokens.put("HS256 com a chave pública", mac.serialize());
        var other = new RSAKeyGenerator(2048).keyID(rsa.getKeyID()).generate();
        var foreign = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID()).build(), bons);
        foreign.sign(new RSASSASigner(other));
        tokens.put("de outra chave com o mesmo nome", foreign.serialize());
        tokens.put("mexido", mexido(carimbo.de(Quem.TODOS)));
        tokens.put("nem token", "nem-um-token");

        return operacoes.stream()
                .map(op -> DynamicTest.dynamicTest(op.name(), () -> {
                    var ninguem = pede(api.semToken(), op);
                    if (op.access().withoutToken()) {
                        assertThat(ninguem.status()).isNotIn(401, 403);
                        return;
                    }
                    assertThat(ninguem.com(401).code()).isEqualTo("UNAUTHORIZED");
                    assertThat(ninguem.header("WWW-Authenticate")).startsWith("Bearer");
                    assertThat(ninguem.header("Content-Type")).startsWith("application/problem+json");
                    tokens.forEach((name, token) -> {
                        var refused = pede(api.comToken(token), op);
                        assertThat(refused.status()).as(name).isEqualTo(401);
                        assertThat(refused.http().body()).as(name).doesNotContain(token, "Exception");
                    });
                }));
    }

    /// One other role in the middle, the signature as it was.
    private static String mexido(String token) {
        var parts = token.split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("USUARIO", "SUARIOU");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
    }

    @TestFactory
    Stream<DynamicTest> cada_papel_so_o_que_a_tabela_diz() {
        return operacoes.stream()
                .filter(op -> !op.access().withoutToken())
                .map(op -> DynamicTest.dynamicTest(op.name(), () -> {
                    for (var role : Role.values()) {
                        var answer = pede(api.como(role), op);
                        if (op.access().roles().isEmpty() || op.access().roles().contains(role)) {
                            assertThat(answer.status())
                                    .as("%s: %s", role, answer.http().body())
                                    .isNotIn(401, 403, 500);
                        } else {
                            assertThat(answer.com(403).code()).as(role.name()).isEqualTo("FORBIDDEN");
                        }
                    }
                    var none = pede(api.como(), op);
                    if (!op.access().roles().isEmpty()) {
                        none.com(403);
                    }
                }));
    }

    /// What is somebody's own: the owner is let in, another person of the same organization is not unless they see to
    /// what others began, and another organization finds nothing at all.
    @TestFactory
    Stream<DynamicTest> o_que_e_de_alguem() {
        return operacoes.stream()
                .filter(op -> coisas.containsKey(op.collection()) && op.path().contains("{id}"))
                .map(op -> DynamicTest.dynamicTest(op.name(), () -> {
                    var id = coisas.get(op.collection());
                    assertThat(pede(api.como(dono.em(UUID.randomUUID())), op, id)
                                    .status())
                            .as("another organization, every role")
                            .isEqualTo(404);
                    for (var role : outros(op)) {
                        assertThat(pede(api.como(role), op, id).status())
                                .as("another person, " + role)
                                .isEqualTo(op.alheia());
                    }
                    assertThat(pede(api.como(dono), op, id).status())
                            .as("whose it is")
                            .isNotIn(401, 403, 404);
                }));
    }

    /// The roles that open the door and do not see to what is others'.
    private static Set<Role> outros(Operacao op) {
        var roles = EnumSet.copyOf(op.access().roles());
        if (!SO_O_VOLUNTARIO.contains(op.name())) {
            roles.removeAll(COORDENACAO);
        }
        if (op.path().startsWith("/api/tickets")) {
            roles.remove(Role.TECNICO);
        }
        if (!op.command()) {
            roles.remove(Role.AUDITOR);
        }
        return roles;
    }
}
