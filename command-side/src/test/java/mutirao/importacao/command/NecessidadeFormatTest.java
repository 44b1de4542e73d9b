package mutirao.importacao.command;

import static mutirao.importacao.command.Linhas.BINDER;
import static mutirao.importacao.command.Linhas.CRIADORA;
import static mutirao.importacao.command.Linhas.SENDER;
import static mutirao.importacao.command.Linhas.erros;
import static mutirao.importacao.command.Linhas.recusa;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import mutirao.necessidade.api.Urgencia;
import org.junit.jupiter.api.Test;

class NecessidadeFormatTest {
    private static final String BOA = """
            {"externalId": "abrigo-7", "category": "AGUA", "items": [{"item": "Agua", "quantity": 9, "unit": "litro"}], \
            "location": {"name": "Abrigo", "latitude": -30, "longitude": -51.5}, "urgency": "ALTA", \
            "neededUntil": "2999-01-01T00:00:00Z", "metadata": {"contato": "portaria"}}""";

    private final NecessidadeFormat format = new NecessidadeFormat(BINDER, SENDER);

    @Test
    void uma_linha_e_uma_necessidade() {
        assertThat(format.commands(BOA))
                .containsExactly(new CriarNecessidade(
                        NecessidadeFormat.id(Actors.ORGANIZATION, "abrigo-7"),
                        Categoria.AGUA,
                        List.of(new Item("Agua", 9, "litro")),
                        new Local("Abrigo", -30.0, -51.5),
                        CRIADORA,
                        Urgencia.ALTA,
                        Instant.parse("2999-01-01T00:00:00Z"),
                        Map.of("contato", "portaria")));
    }

    @Test
    void o_que_nao_e_um_objeto_json_e_recusado_inteiro() {
        assertThat(recusa(format, "{")).startsWith("JSON inv");
        assertThat(recusa(format, "{} x")).startsWith("JSON inv");
        assertThat(recusa(format, "{} {}")).contains("s\u00f3 um");
        assertThat(recusa(format, "[]")).contains("objeto");
        assertThat(recusa(format, "null")).contains("objeto");
        assertThat(recusa(format, "[".repeat(100_000))).startsWith("JSON inv");
    }

    @Test
    void diz_todos_os_campos_errados_de_uma_vez() {
        assertThat(erros(format, trocar("\"abrigo-7\"", "\" \"", "\"AGUA\"", "null", ": 9", ": 0")))
                .containsExactlyInAnyOrder("externalId", "category", "items[0].quantity");
    }

    @Test
    void exige_um_nome_de_fora_que_seja_texto_e_caiba() {
        assertThat(erros(format, trocar("\"externalId\": \"abrigo-7\", ", ""))).containsExactly("externalId");
        assertThat(erros(format, trocar("abrigo-7", "x".repeat(201)))).containsExactly("externalId");
        assertThat(format.commands(trocar("abrigo-7", "x".repeat(200)))).hasSize(1);
    }

    @Test
    void recusa_campos_desconhecidos_e_um_id_proprio() {
        assertThat(erros(format, trocar("\"urgency\"", "\"surpresa\": 1, \"urgency\"")))
                .containsExactly("surpresa");
        assertThat(erros(format, trocar("\"urgency\"", "\"id\": \"" + CRIADORA + "\", \"urgency\"")))
                .containsExactly("id");
    }

    @Test
    void recusa_o_que_o_pedido_avulso_recusa() {
        assertThat(erros(format, trocar("2999", "1999"))).containsExactly("neededUntil");
        assertThat(erros(format, trocar(", \"longitude\": -51.5", ""))).containsExactly("location.longitude");
        assertThat(erros(format, trocar("{\"item\"", "null, {\"item\""))).containsExactly("items[0]");
        assertThat(erros(format, trocar(": 9", ": \"9\""))).containsExactly("items[0].quantity");
    }

    private static String trocar(String... pairs) {
        var line = BOA;
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(line).contains(pairs[i]);
            line = line.replace(pairs[i], pairs[i + 1]);
        }
        return line;
    }
}
