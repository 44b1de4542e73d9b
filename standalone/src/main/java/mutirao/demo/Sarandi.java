package mutirao.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A neighbourhood of Porto Alegre after a flood. Everybody and everything has a fixed id, so that it is there once at
/// most.
final class Sarandi {
    private static final UUID ABRIGO = DemoUsers.ABRIGO.id();
    private static final UUID ASSOCIACAO = DemoUsers.ASSOCIACAO.id();
    private static final UUID COZINHA = DemoUsers.COZINHA.id();
    private static final UUID MERCADO = DemoUsers.MERCADO.id();
    private static final UUID JOANA = DemoUsers.JOANA.id();
    private static final UUID PEDRO = DemoUsers.PEDRO.id();

    private static final UUID NECESSIDADE_DE_COMIDA = DemoUsers.fixed("10");
    private static final UUID NECESSIDADE_DE_AGUA = DemoUsers.fixed("11");
    private static final UUID NECESSIDADE_DE_HIGIENE = DemoUsers.fixed("12");
    private static final UUID OFERTA_DE_COMIDA = DemoUsers.fixed("20");
    private static final UUID OFERTA_DE_AGUA = DemoUsers.fixed("21");
    private static final UUID OFERTA_DE_HIGIENE = DemoUsers.fixed("22");
    private static final UUID ENTREGA_DE_COMIDA = DemoUsers.fixed("30");
    private static final UUID ENTREGA_DE_AGUA = DemoUsers.fixed("31");

    private static final String NO_ABRIGO = place("Abrigo da Escola Sarandi", -29.9886, -51.1253);
    private static final String NA_ASSOCIACAO = place("Associação de Moradores do Sarandi", -29.9921, -51.1302);
    private static final String NA_COZINHA = place("Cozinha Solidária da Vila Elizabeth", -29.9957, -51.1189);
    private static final String NO_MERCADO = place("Mercado da Assis Brasil", -30.0012, -51.1164);

    private final Client client;
    private final Instant start;

    /// @param start when the story begins
    Sarandi(Client client, Instant start) {
        this.client = client;
        this.start = start.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String place(String name, double latitude, double longitude) {
        return "{\"name\": \"%s\", \"latitude\": %s, \"longitude\": %s}".formatted(name, latitude, longitude);
    }

    /// From the first need to the rebuilt projection.
    ///
    /// @throws RuntimeException when anything is not as told
    Report play() {
        var began = System.nanoTime();
        pedir();
        oferecer();
        var delivered = entregar();
        var returned = recusar();
        var rebuilt = reconstruir();
        return new Report(
                ENTREGA_DE_COMIDA,
                delivered,
                ENTREGA_DE_AGUA,
                returned,
                rebuilt.get("rows").asLong(),
                rebuilt.get("differences").get("total").asLong(),
                events(),
                correlation(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private void pedir() {
        necessidade(ABRIGO, NECESSIDADE_DE_COMIDA, "ALIMENTO", "MARMITA", 40, "unidade", NO_ABRIGO, "CRITICA");
        necessidade(ABRIGO, NECESSIDADE_DE_AGUA, "AGUA", "Água mineral", 30, "galão de 20 l", NO_ABRIGO, "ALTA");
        necessidade(ASSOCIACAO, NECESSIDADE_DE_HIGIENE, "HIGIENE", "kit de higiene", 25, "kit", NA_ASSOCIACAO, "MEDIA");
    }

    private void oferecer() {
        oferta(COZINHA, OFERTA_DE_COMIDA, "ALIMENTO", "Marmita", 60, "unidade", NA_COZINHA, Duration.ofHours(5));
        oferta(MERCADO, OFERTA_DE_AGUA, "AGUA", "ÁGUA MINERAL", 50, "galão de 20 l", NO_MERCADO, Duration.ofDays(7));
        oferta(MERCADO, OFERTA_DE_HIGIENE, "HIGIENE", "Kit de Higiene", 80, "kit", NO_MERCADO, Duration.ofDays(30));
    }

    /// @return the units that arrived
    private long entregar() {
        var path = entrega(ENTREGA_DE_COMIDA, OFERTA_DE_COMIDA, NECESSIDADE_DE_COMIDA, JOANA, "marmita", 40);
        client.post(JOANA, path + "/aceite", "{}");
        client.until(ASSOCIACAO, path, entrega -> in(entrega, "CONFIRMAR", "DONE"));
        client.post(JOANA, path + "/inicio", "{}");
        client.post(JOANA, path + "/posicoes", "{\"latitude\": -29.9957, \"longitude\": -51.1189}");
        var there = client.post(JOANA, path + "/posicoes", "{\"latitude\": -29.9888, \"longitude\": -51.1250}");
        var code = client.get(
                        ABRIGO,
                        path + "/codigo?minPosition=" + there.get("position").asString())
                .get("code")
                .asString();
        client.post(
                JOANA,
                path + "/conclusao",
                "{\"receiverId\": \"%s\", \"confirmationCode\": \"%s\"}".formatted(ABRIGO, code));
        client.until(ASSOCIACAO, path, entrega -> in(entrega, "ATENDER", "DONE"));
        client.until(
                ASSOCIACAO,
                "/api/necessidades/" + NECESSIDADE_DE_COMIDA,
                need -> need.get("status").asString().equals("ATENDIDA"));
        return line(
                client.until(ASSOCIACAO, "/api/ofertas/" + OFERTA_DE_COMIDA, offer -> line(offer, "reserved") == 0),
                "delivered");
    }

    /// @return the units available again
    private long recusar() {
        var path = entrega(ENTREGA_DE_AGUA, OFERTA_DE_AGUA, NECESSIDADE_DE_AGUA, PEDRO, "água mineral", 20);
        client.post(PEDRO, path + "/recusa", "{\"reason\": \"a rua ainda está alagada\"}");
        client.until(ASSOCIACAO, path, entrega -> in(entrega, "RESERVAR", "COMPENSATED"));
        client.until(ASSOCIACAO, "/api/necessidades/" + NECESSIDADE_DE_AGUA, need -> line(need, "committed") == 0);
        return line(
                client.until(ASSOCIACAO, "/api/ofertas/" + OFERTA_DE_AGUA, offer -> line(offer, "reserved") == 0),
                "available");
    }

    private JsonNode reconstruir() {
        var path = "/api/projecoes/oferta/reconstrucao";
        client.post(ASSOCIACAO, path, "{}");
        var end = client.until(
                ASSOCIACAO, path, rebuild -> !rebuild.get("state").asString().equals("RUNNING"));
        if (!end.get("state").asString().equals("DONE")) {
            throw new IllegalStateException(path + ": " + end);
        }
        return end;
    }

    /// Without those of people, which the program itself has recorded.
    private long events() {
        return client.get(ASSOCIACAO, "/api/auditoria?limit=200")
                .get("items")
                .valueStream()
                .filter(event -> !event.get("aggregateType").asString().equals("usuario"))
                .count();
    }

    private String correlation() {
        return client.get(ASSOCIACAO, "/api/auditoria/entrega/" + ENTREGA_DE_COMIDA)
                .get("items")
                .get(0)
                .get("correlationId")
                .asString();
    }

    private void necessidade(
            UUID user, UUID id, String category, String item, int quantity, String unit, String place, String urgency) {
        client.post(user, "/api/necessidades", """
                {"id": "%s", "category": "%s", "items": [{"item": "%s", "quantity": %d, "unit": "%s"}],
                 "location": %s, "urgency": "%s", "neededUntil": "%s"}
                """.formatted(
                        id, category, item, quantity, unit, place, urgency, start.plus(Duration.ofDays(3))));
    }

    private void oferta(
            UUID user, UUID id, String category, String item, int quantity, String unit, String place, Duration good) {
        client.post(user, "/api/ofertas", """
                {"id": "%s", "category": "%s", "items": [{"item": "%s", "quantity": %d, "unit": "%s"}],
                 "location": %s, "availableUntil": "%s"}
                """.formatted(id, category, item, quantity, unit, place, start.plus(good)));
    }

    /// Asks for a delivery, and waits until its volunteer has been told.
    ///
    /// @return its path
    private String entrega(UUID id, UUID oferta, UUID necessidade, UUID volunteer, String item, int quantity) {
        var asked = client.post(
                ASSOCIACAO, "/api/entregas", """
                {"id": "%s", "ofertaId": "%s", "necessidadeId": "%s", "volunteerId": "%s",
                 "items": [{"item": "%s", "quantity": %d}]}
                """.formatted(id, oferta, necessidade, volunteer, item, quantity));
        var path = "/api/entregas/" + id;
        client.get(ASSOCIACAO, path + "?minPosition=" + asked.get("position").asString());
        client.until(ASSOCIACAO, path, entrega -> in(entrega, "ACEITAR", "RUNNING"));
        return path;
    }

    private static boolean in(JsonNode entrega, String step, String state) {
        for (var each : entrega.get("steps")) {
            if (each.get("step").asString().equals(step)) {
                return each.get("state").asString().equals(state);
            }
        }
        return false;
    }

    /// A quantity of the only line.
    private static long line(JsonNode view, String quantity) {
        return view.get("items").get(0).get(quantity).asLong();
    }
}
