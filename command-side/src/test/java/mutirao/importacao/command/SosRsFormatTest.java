package mutirao.importacao.command;

import static mutirao.importacao.command.Linhas.BINDER;
import static mutirao.importacao.command.Linhas.CRIADORA;
import static mutirao.importacao.command.Linhas.SENDER;
import static mutirao.importacao.command.Linhas.erros;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mutirao.api.Categoria;
import mutirao.api.DomainCommand;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaCommand.PublicarOferta;
import org.junit.jupiter.api.Test;

class SosRsFormatTest {
    /// Offers must end in the future, which the constraint takes from the system.
    private final Instant now = Instant.now();

    private final SosRsFormat format = new SosRsFormat(BINDER, SENDER, now);

    @Test
    void um_lugar_e_uma_necessidade_por_categoria() {
        var commands = format.commands(lugar(
                supply("Arroz", "Alimentos e \u00c1gua", 10, "50"),
                supply("Calca", "Vestu\u00e1rio", 100, "7"),
                supply("Feijao", "Alimentos e \u00c1gua", 10, "20")));
        assertThat(commands)
                .containsExactly(
                        new CriarNecessidade(
                                NecessidadeFormat.id(SENDER.organizationId(), "sos-rs:942565ba-f6ac:ALIMENTO"),
                                Categoria.ALIMENTO,
                                List.of(unidades("Arroz", 50), unidades("Feijao", 20)),
                                new Local("Abrigo 942565ba, Centro, Porto Alegre", -30.1, -51.2),
                                CRIADORA,
                                Urgencia.MEDIA,
                                null,
                                metadata("Alimentos e \u00c1gua")),
                        new CriarNecessidade(
                                NecessidadeFormat.id(SENDER.organizationId(), "sos-rs:942565ba-f6ac:ROUPA"),
                                Categoria.ROUPA,
                                List.of(unidades("Calca", 7)),
                                new Local("Abrigo 942565ba, Centro, Porto Alegre", -30.1, -51.2),
                                CRIADORA,
                                Urgencia.CRITICA,
                                null,
                                metadata("Vestu\u00e1rio")));
    }

    @Test
    void a_urgencia_e_a_da_linha_mais_urgente() {
        assertThat(necessidade(supply("a", "Outros", 10, "1"), supply("b", "Outros", 100, "1"))
                        .urgency())
                .isEqualTo(Urgencia.CRITICA);
    }

    @Test
    void o_que_sobra_e_uma_oferta_com_prazo() {
        var oferta = (PublicarOferta) format.commands(
                        lugar(supply("Calca", "Vestu\u00e1rio", 1, "7"), supply("Meia", "Vestu\u00e1rio", 0, "7")))
                .getFirst();
        assertThat(oferta.items()).containsExactly(unidades("Calca", 7));
        assertThat(oferta.availableUntil()).isEqualTo(now.plus(Duration.ofDays(30)));
        assertThat(oferta.providerId()).isEqualTo(CRIADORA);
    }

    @Test
    void o_que_esta_sob_controle_nao_e_nada() {
        assertThat(format.commands(lugar(supply("Meia", "Vestu\u00e1rio", 0, "7"))))
                .isEmpty();
        assertThat(format.commands(lugar())).isEmpty();
    }

    @Test
    void o_que_falta_e_sobra_ao_mesmo_tempo_falta() {
        assertThat(format.commands(
                        lugar(supply("Meia", "Vestu\u00e1rio", 1, "7"), supply(" MEIA", "Vestu\u00e1rio", 10, "2"))))
                .singleElement()
                .isInstanceOf(CriarNecessidade.class);
    }

    @Test
    void nomes_repetidos_sao_uma_linha_e_as_quantidades_conhecidas_se_somam() {
        assertThat(necessidade(
                                supply("Meia  Grossa", "Vestu\u00e1rio", 10, "7"),
                                supply("meia grossa ", "Vestu\u00e1rio", 100, "5"),
                                supply("MEIA GROSSA", "Vestu\u00e1rio", 10, "null"))
                        .items())
                .containsExactly(unidades("Meia Grossa", 12));
    }

    @Test
    void sem_quantidade_e_uma_unidade_e_se_diz_que_e_estimada() {
        for (var unknown : List.of("null", "0")) {
            var pedida = necessidade(supply("a", "Outros", 10, unknown), supply("b", "Outros", 10, "3"));
            assertThat(pedida.items()).containsExactly(unidades("a", 1), unidades("b", 3));
            assertThat(pedida.metadata()).containsEntry("quantidadeEstimada", "true");
        }
        assertThat(necessidade(supply("b", "Outros", 10, "3")).metadata()).doesNotContainKey("quantidadeEstimada");
    }

    @Test
    void cada_categoria_tem_a_nossa() {
        var nossas = Map.ofEntries(
                Map.entry("Alimentos e \u00c1gua", Categoria.ALIMENTO),
                Map.entry("Higiene Pessoal", Categoria.HIGIENE),
                Map.entry("Material de Limpeza", Categoria.HIGIENE),
                Map.entry("Vestu\u00e1rio", Categoria.ROUPA),
                Map.entry("Medicamentos", Categoria.MEDICAMENTO),
                Map.entry("Acomoda\u00e7\u00f5es e Descanso", Categoria.ABRIGO),
                Map.entry("Mob\u00edlias", Categoria.ABRIGO),
                Map.entry("Ve\u00edculos de Resgate e Transporte", Categoria.TRANSPORTE),
                Map.entry("Voluntariado", Categoria.OUTRO),
                Map.entry("Cuidados com Animais", Categoria.OUTRO),
                Map.entry("Uma que ainda n\u00e3o existe", Categoria.OUTRO));
        nossas.forEach((theirs, ours) -> assertThat(
                        necessidade(supply("Coisa", theirs, 10, "1")).category())
                .as(theirs)
                .isEqualTo(ours));
    }

    @Test
    void agua_e_o_que_comeca_com_agua_entre_os_alimentos() {
        assertThat(categoria("\u00c1gua pot\u00e1vel", "Alimentos e \u00c1gua")).isEqualTo(Categoria.AGUA);
        assertThat(categoria("AGUA", "Alimentos e \u00c1gua")).isEqualTo(Categoria.AGUA);
        assertThat(categoria("Aguardente", "Alimentos e \u00c1gua")).isEqualTo(Categoria.ALIMENTO);
        assertThat(categoria("Gal\u00e3o de \u00e1gua vazio", "Alimentos e \u00c1gua"))
                .isEqualTo(Categoria.ALIMENTO);
        assertThat(categoria("\u00c1gua Sanit\u00e1ria", "Material de Limpeza")).isEqualTo(Categoria.HIGIENE);
    }

    @Test
    void o_lugar_tem_o_nome_que_se_sabe() {
        var nenhum = lugar(supply("a", "Outros", 10, "1"))
                .replace("\"Centro\"", "null")
                .replace("\"Porto Alegre\"", "\" \"")
                .replace("-30.1", "null")
                .replace("-51.2", "null");
        assertThat(format.commands(nenhum))
                .extracting(command -> ((CriarNecessidade) command).location())
                .containsExactly(new Local("Abrigo 942565ba", null, null));
    }

    @Test
    void diz_o_que_esta_errado_nos_campos_deles() {
        assertThat(erros(format, "{}")).containsExactlyInAnyOrder("placeId", "supplies");
        assertThat(erros(format, lugar(supply("a", "Outros", 5, "1")))).containsExactly("supplies[0].priority");
        assertThat(erros(format, lugar(supply("a", "Outros", 0, "1"), supply(" ", "Outros", 10, "-1"))))
                .containsExactlyInAnyOrder("supplies[1].supply", "supplies[1].quantity");
        assertThat(erros(format, lugar(supply("a", "Outros", 10, "1")).replace("-51.2", "null")))
                .containsExactly("location.longitude");
        assertThat(erros(format, lugar().replace("\"kind\"", "\"surpresa\": 1, \"kind\"")))
                .containsExactly("surpresa");
    }

    @Test
    void o_mesmo_lugar_da_sempre_os_mesmos_ids() {
        var line = lugar(supply("a", "Outros", 10, "1"), supply("b", "Outros", 1, "1"));
        var later = new SosRsFormat(BINDER, SENDER, now.plus(Duration.ofDays(1)));
        assertThat(ids(later.commands(line)))
                .isEqualTo(ids(format.commands(line)))
                .doesNotHaveDuplicates();
    }

    private static List<String> ids(List<DomainCommand> commands) {
        return commands.stream().map(command -> command.id().stored()).toList();
    }

    private CriarNecessidade necessidade(String... supplies) {
        return (CriarNecessidade) format.commands(lugar(supplies)).getFirst();
    }

    private Categoria categoria(String supply, String theirs) {
        return necessidade(supply(supply, theirs, 10, "1")).category();
    }

    private static Item unidades(String item, long quantity) {
        return new Item(item, quantity, "unidade");
    }

    private static Map<String, String> metadata(String categories) {
        return Map.of(
                "source", "sos-rs",
                "placeId", "942565ba-f6ac",
                "verified", "true",
                "capacity", "80",
                "sourceCategories", categories);
    }

    private static String lugar(String... supplies) {
        return """
                {"placeId": "942565ba-f6ac", "kind": "Shelter", "city": "Porto Alegre", "neighbourhood": "Centro", \
                "latitude": -30.1, "longitude": -51.2, "capacity": 80, "sheltered": null, "verified": true, \
                "createdAt": "2024-05-06T03:04:38.206Z", "supplies": [%s]}""".formatted(Arrays.stream(supplies).collect(Collectors.joining(",")));
    }

    private static String supply(String supply, String category, int priority, String quantity) {
        return """
                {"supply": "%s", "category": "%s", "priority": %d, "quantity": %s, \
                "createdAt": "2024-05-11T18:46:23.131Z"}""".formatted(supply, category, priority, quantity);
    }
}
