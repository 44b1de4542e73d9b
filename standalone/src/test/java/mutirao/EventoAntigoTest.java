package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.oferta.api.OfertaEvent.OfertaExpirada;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.eventstore.EventLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An offer that a version of the program let expire which did not say why yet: whoever reads it, reads it.
@Aplicacao
class EventoAntigoTest {
    private static final String ATE = "2999-01-01T00:00:00Z";

    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    @Autowired
    EventLog log;

    @Test
    void um_evento_de_uma_revisao_anterior_e_lido_por_todos() {
        var oferta = api.oferta("Água", 10).com(201).id();
        var path = "/api/ofertas/" + oferta;
        var version = 0L;
        while (version < 110) { // so that there is a snapshot before it
            version = api.send("PATCH", path, "{\"category\": \"AGUA\"}")
                    .com(200)
                    .json()
                    .get("version")
                    .asLong();
        }
        Awaitility.await()
                .until(() -> db.sql("select count(*) from snapshot_event where aggregate_identifier = ?")
                        .param("oferta-" + oferta)
                        .query(Long.class)
                        .single()
                        .equals(1L));
        expirou(oferta, version + 1);

        // the aggregate
        assertThat(api.post(path + "/cancelamento", "{\"reason\": \"molhou\"}")
                        .com(409)
                        .code())
                .isEqualTo("OFERTA_EXPIRADA");
        // the followers
        api.ate(path, visto -> visto.get("status").asString().equals("EXPIRADA"));
        // the audit
        var historia = api.ate(
                "/api/auditoria/oferta/" + oferta + "?limit=200",
                page -> page.get("items").size() == 112);
        var ultimo = historia.get("items").get(111);
        assertThat(ultimo.toString()).contains("oferta.OfertaExpirada");
        assertThat(ultimo.get("payload").has("reason"))
                .as("shown as it is stored")
                .isFalse();
        assertThat(log.at(List.of(ultimo.get("position").asLong())).getFirst().event())
                .isEqualTo(new OfertaExpirada(new OfertaId(oferta), Instant.parse(ATE), OfertaExpirada.PRAZO));
        assertThat(ultimo.at("/changes").toString()).contains("EXPIRADA");
        assertThat(api.get("/api/auditoria/oferta/" + oferta + "/estado?version=111")
                        .com(200)
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("EXPIRADA");
        // a rebuild
        var linha = linha(oferta);
        api.post("/api/projecoes/oferta/reconstrucao", null).com(202);
        api.ate(
                "/api/projecoes/oferta/reconstrucao",
                visto -> visto.get("state").asString().equals("DONE"));
        assertThat(linha(oferta)).isEqualTo(linha).contains("EXPIRADA");
    }

    private String linha(UUID oferta) {
        return api.get("/api/ofertas/" + oferta).com(200).json().toString();
    }

    private void expirou(UUID oferta, long version) {
        db.sql("""
                        insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                            time_stamp, payload_type, payload_revision, payload, meta_data)
                        select ?, aggregate_identifier, ?, type, now(), 'oferta.OfertaExpirada', '1', ?::jsonb, meta_data
                        from domain_event where aggregate_identifier = ? and sequence_number = 0
                        """)
                .params(
                        UUID.randomUUID().toString(),
                        version,
                        "{\"id\": \"%s\", \"availableUntil\": \"%s\"}".formatted(oferta, ATE),
                        "oferta-" + oferta)
                .update();
    }
}
