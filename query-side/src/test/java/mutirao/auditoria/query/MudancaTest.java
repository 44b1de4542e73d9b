package mutirao.auditoria.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MudancaTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void diz_so_o_que_mudou_e_onde() {
        assertThat(entre("""
                {"id": 1, "status": "ABERTA", "items": [{"item": "agua", "pending": 3}], "reason": null}
                """, """
                {"id": 1, "status": "CANCELADA", "items": [{"item": "agua", "pending": 2}], "reason": "mudou"}
                """))
                .containsExactly(
                        "/items/0/pending: 3 -> 2",
                        "/reason: null -> \"mudou\"",
                        "/status: \"ABERTA\" -> \"CANCELADA\"");
    }

    @Test
    void uma_visao_que_nasce_ou_some_muda_campo_a_campo_ou_inteira() {
        assertThat(entre(null, "{\"a\": {\"b\": 1}, \"c\": null, \"d\": [1]}"))
                .containsExactly("/a: null -> {\"b\":1}", "/d: null -> [1]");
        assertThat(entre("{\"a\": 1}", null)).containsExactly(": {\"a\":1} -> null");
    }

    @Test
    void listas_mudam_por_indice_e_encurtam_pelo_fim() {
        assertThat(entre("{\"l\": [1, 2, 3]}", "{\"l\": [1]}")).containsExactly("/l/2: 3 -> null", "/l/1: 2 -> null");
        assertThat(entre("{\"l\": [1]}", "{\"l\": [2, {\"a\": 1}]}"))
                .containsExactly("/l/0: 1 -> 2", "/l/1: null -> {\"a\":1}");
        assertThat(entre("{\"l\": [1]}", "{\"l\": {\"a\": 1}}")).containsExactly("/l: [1] -> {\"a\":1}");
    }

    @Test
    void nomes_sao_escapados_como_na_rfc_6901() {
        assertThat(entre("{}", "{\"a/b~c\": 1, \"\": 2}")).containsExactly("/: null -> 2", "/a~1b~0c: null -> 1");
    }

    @Test
    void ausente_e_nulo_sao_o_mesmo() {
        assertThat(entre("{\"a\": null}", "{}")).isEmpty();
        assertThat(entre(null, null)).isEmpty();
    }

    @Test
    void aplicadas_em_ordem_levam_de_um_ao_outro() {
        var seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            JsonNode before = object(random, 0);
            JsonNode after = object(random, 0);
            var view = Mudancas.aplicadas(before.deepCopy(), Mudanca.between(before, after));
            assertThat(Mudancas.semNulos(view))
                    .as("seed " + seed + ": " + before + " to " + after)
                    .isEqualTo(Mudancas.semNulos(after));
        }
    }

    private static ObjectNode object(SplittableRandom random, int depth) {
        var object = JSON.createObjectNode();
        for (var name : List.of("a", "b/", "c~", "")) {
            if (random.nextInt(3) > 0) {
                object.set(name, value(random, depth + 1));
            }
        }
        return object;
    }

    private static JsonNode value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 3 ? 3 : 6)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().numberNode(random.nextInt(3));
            case 2 -> JSON.getNodeFactory().stringNode("x" + random.nextInt(2));
            case 3 -> object(random, depth);
            default -> {
                var array = JSON.createArrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(
                            random.nextBoolean()
                                    ? object(random, depth)
                                    : JSON.getNodeFactory().numberNode(n));
                }
                yield array;
            }
        };
    }

    private static List<String> entre(String before, String after) {
        return Mudanca.between(tree(before), tree(after)).stream()
                .map(change -> change.path() + ": " + change.from() + " -> " + change.to())
                .toList();
    }

    private static JsonNode tree(String json) {
        return json == null ? null : JSON.readTree(json);
    }
}
