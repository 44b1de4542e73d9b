package mutirao.importacao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import mutirao.Api;
import mutirao.Aplicacao;
import mutirao.Passes;
import mutirao.Quem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Aplicacao
class ImportacaoHttpTest {
    private static final String PATH = "/api/importacoes/necessidades";
    private static final String NDJSON = "application/x-ndjson";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    Api api;

    @Autowired
    Passes passes;

    String quem;

    @BeforeEach
    void alguem() {
        quem = UUID.randomUUID().toString();
    }

    private static String linha(String externalId) {
        return """
                {"externalId": "%s", "category": "AGUA", "urgency": "ALTA", "location": {"name": "Rua"}, \
                "items": [{"item": "Agua", "quantity": 3, "unit": "litro"}]}""".formatted(externalId);
    }

    private Api.Resposta importar(String query, String type, String body) {
        return api.como(UUID.fromString(quem)).post(PATH + query, body, "Content-Type", type);
    }

    private List<JsonNode> linhas(Api.Resposta answer) {
        assertThat(answer.com(200).header("Content-Type")).isEqualTo(NDJSON);
        return answer.http().body().lines().map(JsonMapper.shared()::readTree).toList();
    }

    private static List<String> estados(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> line.get("line") + " " + line.get("status").asString())
                .toList();
    }

    private static List<String> campos(JsonNode line) {
        return StreamSupport.stream(line.get("errors").spliterator(), false)
                .map(error -> error.get("field").asString())
                .toList();
    }

    private JsonNode lidas(String path, int many) {
        return api.ate(path, page -> page.get("items").size() == many).get("items");
    }

    @Test
    void guarda_as_boas_recusa_as_mas_e_repetir_nao_muda_nada() {
        var a = UUID.randomUUID().toString();
        var b = UUID.randomUUID().toString();
        var file = String.join(
                "\n",
                linha(a),
                "",
                linha(b).replace("\"Rua\"", "\"\""),
                "{",
                linha(b).replace("\"" + b + "\"", "7"),
                linha(a),
                linha(b));

        var first = linhas(importar("", NDJSON, file));
        assertThat(estados(first))
                .containsExactly("1 CREATED", "3 REFUSED", "4 REFUSED", "5 REFUSED", "6 EXISTS", "7 CREATED");
        assertThat(campos(first.get(1))).containsExactly("location.name");
        assertThat(campos(first.get(2))).containsExactly("line");
        assertThat(campos(first.get(3))).containsExactly("externalId");

        var again = linhas(importar("", NDJSON, file));
        assertThat(estados(again))
                .containsExactly("1 EXISTS", "3 REFUSED", "4 REFUSED", "5 REFUSED", "6 EXISTS", "7 EXISTS");
        assertThat(again.getFirst().get("ids")).isEqualTo(first.getFirst().get("ids"));

        var id = first.getFirst().get("ids").get(0).asString();
        var read = lidas("/api/necessidades?creatorId=" + quem, 2);
        assertThat(read)
                .anySatisfy(need -> assertThat(need.get("id").asString()).isEqualTo(id));
        assertThat(read)
                .allSatisfy(need -> assertThat(need.get("version").asLong()).isZero());
    }

    @Test
    void le_csv() {
        var answer = importar(
                "",
                "text/csv; charset=UTF-8",
                "\ufeffexternalId,category,urgency,locationName,latitude,longitude,items,metadata.contato\r\n"
                        + quem + ",AGUA,ALTA,\"Rua A, 7\",-30.03,-51.2,Água mineral:9:litro;Copo:2:caixa,Ana\r\n"
                        + ",AGUA,ALTA,\"Rua A\"x,,,Copo:2:caixa,\r\n");
        assertThat(estados(linhas(answer))).containsExactly("2 CREATED", "3 REFUSED");

        var read = lidas("/api/necessidades?creatorId=" + quem, 1).get(0);
        assertThat(read.get("location").get("name").asString()).isEqualTo("Rua A, 7");
        assertThat(read.get("metadata").get("contato").asString()).isEqualTo("Ana");
        assertThat(read.get("items").get(0).get("item").asString()).isEqualTo("Água mineral");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, ;, '', '', windows-1252, semicolon",
        "windows-1252, ;, '; charset=ISO-8859-1', 'sep=;', windows-1252, semicolon",
        "UTF-8, ;, '', 'sep=;', UTF-8, semicolon",
        "UTF-8, TAB, '; charset=utf-8', '', UTF-8, tab",
        "windows-1252, COMMA, '', '', windows-1252, comma",
    })
    void le_o_que_as_planilhas_escrevem_e_diz_como_leu(
            String written, String between, String declared, String before, String charset, String separator)
            throws Exception {
        var row = between.equals("COMMA") ? "," : between.equals("TAB") ? "\t" : between;
        var latitude = row.equals(",") ? "-30.03" : "-30,03";
        var file = (before.isEmpty() ? "" : before + "\r\n")
                + String.join(
                        row, "items", "locationName", "externalId", "latitude", "longitude", "category", "urgency")
                + "\r\n"
                + String.join(
                        row,
                        "\"Água:9:litro;Pão:2:caixa\"",
                        "\"Rua João, 7; fundos\"",
                        quem,
                        latitude,
                        "-51",
                        "AGUA",
                        "ALTA")
                + "\r\n" + row.repeat(6) + "\r\n";

        var answer = bytes("text/csv" + declared, file.getBytes(Charset.forName(written)));
        assertThat(answer.headers().firstValue("X-Mutirao-Csv"))
                .contains("separator=" + separator + "; charset=" + charset);
        int header = before.isEmpty() ? 1 : 2;
        assertThat(estados(
                        answer.body().lines().map(JsonMapper.shared()::readTree).toList()))
                .isEqualTo(
                        row.isBlank() // then so is the last line
                                ? List.of(header + 1 + " CREATED")
                                : List.of(header + 1 + " CREATED", header + 2 + " EMPTY"));

        var read = lidas("/api/necessidades?creatorId=" + quem, 1).get(0);
        assertThat(read.at("/location/name").asString()).isEqualTo("Rua João, 7; fundos");
        assertThat(read.at("/location/latitude").asDouble()).isEqualTo(-30.03);
        assertThat(read.at("/items/1/item").asString()).isEqualTo("Pão");
    }

    private HttpResponse<String> bytes(String type, byte[] body) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + PATH))
                            .header("Authorization", "Bearer " + passes.de(Quem.TODOS.com(UUID.fromString(quem))))
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void o_que_se_declara_vale_mais_do_que_o_que_se_ve() throws Exception {
        var file = "externalId,category,urgency,locationName,items\n" + quem + ",AGUA,ALTA,São José,Pão:1:kg\n";
        var answer = bytes("text/csv; charset=UTF-8", file.getBytes(Charset.forName("windows-1252")));
        assertThat(answer.headers().firstValue("X-Mutirao-Csv")).contains("separator=comma; charset=UTF-8");
        assertThat(answer.body()).contains("\"line\":2,\"status\":\"REFUSED\"", "UTF-8");
        assertThat(importar("", NDJSON, linha(quem)).com(200).http().headers().firstValue("X-Mutirao-Csv"))
                .isEmpty();
    }

    @Test
    void le_os_lugares_do_sos_rs() {
        var place = """
                {"placeId": "%s", "kind": "Shelter", "city": "Canoas", "neighbourhood": null, "latitude": null, \
                "longitude": null, "capacity": 80, "sheltered": 12, "verified": true, "createdAt": "2024-05-06T03:04:38Z", \
                "supplies": [%s]}""";
        var supply =
                "{\"supply\": \"%s\", \"category\": \"%s\", \"priority\": %d, \"quantity\": %s, \"createdAt\": \"2024-05-06T03:04:38Z\"}";
        var file = place.formatted(
                        quem,
                        String.join(
                                ",",
                                supply.formatted("Água potável", "Alimentos e Água", 10, "null"),
                                supply.formatted("Arroz", "Alimentos e Água", 100, "40"),
                                supply.formatted("arroz ", "Alimentos e Água", 10, "2"),
                                supply.formatted("Calça", "Vestuário", 1, "5")))
                + "\n" + place.formatted(UUID.randomUUID(), supply.formatted("Meia", "Vestuário", 0, "null"));

        var first = linhas(importar("?format=sos-rs", NDJSON, file));
        assertThat(estados(first)).containsExactly("1 CREATED", "2 EMPTY");
        assertThat(first.get(0).get("ids")).hasSize(3);
        assertThat(first.get(1).get("ids")).isEmpty();
        assertThat(estados(linhas(importar("?format=sos-rs", NDJSON, file)))).containsExactly("1 EXISTS", "2 EMPTY");

        var needs = lidas("/api/necessidades?sort=createdAt&creatorId=" + quem, 2);
        var offers = StreamSupport.stream(
                        api.ate(
                                        "/api/ofertas?limit=200&q=" + quem,
                                        page -> !page.get("items").isEmpty())
                                .get("items")
                                .spliterator(),
                        false)
                .toList();
        var shown = new ArrayList<String>();
        needs.forEach(need -> shown.add(
                need.get("category").asString() + " " + need.get("urgency").asString() + " "
                        + need.get("items").get(0).get("requested") + " "
                        + need.get("metadata").path("quantidadeEstimada").asString("false")));
        assertThat(shown).containsExactlyInAnyOrder("AGUA MEDIA 1 true", "ALIMENTO CRITICA 42 false");
        assertThat(needs.get(0).get("location").get("name").asString())
                .isEqualTo("Abrigo " + quem.substring(0, 8) + ", Canoas");
        assertThat(offers).singleElement().satisfies(offer -> {
            assertThat(offer.get("category").asString()).isEqualTo("ROUPA");
            assertThat(offer.get("items").get(0).get("available").asInt()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, '', application/x-ndjson, ''",
        "400, ?format=xml, application/x-ndjson, {}",
        "415, '', application/json, {}",
        "415, '', text/csv;charset=utf-16, externalId",
        "415, '', application/x-ndjson;charset=windows-1252, {}",
        "400, '', text/csv, sep=|",
        "400, '', text/csv, sep=;",
        "415, ?format=sos-rs, text/csv, externalId",
        "400, '', text/csv, 'externalId,category,urgency,locationName,items,cor'",
        "400, '', text/csv, 'externalId,category,urgency,items'",
    })
    void recusa_o_arquivo_inteiro(int status, String query, String type, String body) {
        var answer = importar(query, type, body).com(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(status == 415 ? "UNSUPPORTED_MEDIA_TYPE" : "INVALID");
    }

    @Test
    void um_arquivo_pode_ser_maior_do_que_os_outros_corpos() {
        var padding = " ".repeat(100_000);
        var file = IntStream.range(0, 30)
                .mapToObj(i -> linha(quem + i).replace("\"Rua\"", padding + "\"Rua\""))
                .collect(Collectors.joining("\n"));
        assertThat(file.length()).isGreaterThan(3_000_000);
        assertThat(linhas(importar("", NDJSON, file)))
                .hasSize(30)
                .allSatisfy(line -> assertThat(line.get("status").asString()).isEqualTo("CREATED"));
    }

    @Test
    void para_quando_quem_mandou_vai_embora() throws IOException {
        int many = 20_000;
        var file = IntStream.range(0, many).mapToObj(i -> linha(quem + i)).collect(Collectors.joining("\n"));
        var bytes = file.getBytes(StandardCharsets.UTF_8);
        try (var socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            // Without waiting for data that was written and not read, so that leaving is noticed at once.
            socket.setSoLinger(true, 0);
            var head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                            .formatted(PATH, passes.de(Quem.TODOS.com(UUID.fromString(quem))), NDJSON, bytes.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            readUntil(socket.getInputStream(), "\"line\":5,");
        }
        var stored = new long[] {-1};
        Awaitility.await().pollInterval(java.time.Duration.ofMillis(500)).until(() -> {
            var before = stored[0];
            stored[0] = stored();
            return stored[0] == before;
        });
        assertThat(stored[0]).isBetween(5L, many / 2L);
    }

    private long stored() {
        return db.sql("select count(*) from domain_event where meta_data ->> 'userId' = ?")
                .param(quem)
                .query(Long.class)
                .single();
    }

    private static void readUntil(InputStream in, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append((char) in.read());
        }
    }

    @Test
    void o_openapi_diz_os_formatos() {
        var document = api.get("/v3/api-docs").com(200).json();
        var operation = document.get("paths").get(PATH).get("post");
        assertThat(operation.get("requestBody").get("content").propertyNames())
                .containsExactlyInAnyOrder(NDJSON, "text/csv");
        assertThat(operation.at("/responses/200/headers").propertyNames()).containsExactly("X-Mutirao-Csv");
        assertThat(operation.get("responses").get("200").get("content").propertyNames())
                .containsExactly(NDJSON);
        assertThat(document.at("/components/schemas/LineResult/properties/status/enum"))
                .extracting(JsonNode::asString)
                .containsExactly("CREATED", "EXISTS", "EMPTY", "REFUSED");
        assertThat(operation.get("parameters").toString()).contains("sos-rs").doesNotContain("Content-Type");
    }
}
