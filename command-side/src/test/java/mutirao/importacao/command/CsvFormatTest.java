package mutirao.importacao.command;

import static mutirao.importacao.command.CsvDialect.Separator.COMMA;
import static mutirao.importacao.command.CsvDialect.Separator.SEMICOLON;
import static mutirao.importacao.command.CsvDialect.Separator.TAB;
import static mutirao.importacao.command.Linhas.BINDER;
import static mutirao.importacao.command.Linhas.CRIADORA;
import static mutirao.importacao.command.Linhas.SENDER;
import static mutirao.importacao.command.Linhas.erros;
import static mutirao.importacao.command.Linhas.recusa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.importacao.command.CsvDialect.Separator;
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import mutirao.necessidade.api.Urgencia;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CsvFormatTest {
    private static final String HEADER = "externalId,category,urgency,locationName,latitude,longitude,items";

    @Nested
    class Cabecalho {
        @Test
        void aceita_as_colunas_em_qualquer_ordem() {
            assertThat(csv("items, metadata.contato ,\"category\",neededUntil,urgency,externalId,locationName")
                            .commands("a:1:kg,Ana,AGUA,,ALTA,x,Rua"))
                    .extracting(CriarNecessidade::metadata)
                    .containsExactly(Map.of("contato", "Ana"));
        }

        @Test
        void recusa_colunas_desconhecidas_repetidas_e_que_faltam() {
            assertThat(erros(
                            _ -> csv("externalId,category,urgency,items,latitude,latitude,cor,metadata.,")
                                    .commands(""),
                            ""))
                    .containsExactly("latitude", "cor", "metadata.", "", "locationName");
        }

        @Test
        void recusa_aspas_que_nao_fecham() {
            assertThat(recusa(_ -> csv("\"externalId").commands(""), "")).contains("aspas");
        }
    }

    @Nested
    class Linha {
        private final CsvFormat format = csv(HEADER);

        @Test
        void e_uma_necessidade() {
            assertThat(format.commands(
                            "x1,AGUA,ALTA,\"Rua A, 7 \"\"fundos\"\"\",-30.5,-51,Agua: mineral:9:litro ; Copo:2:cx;"))
                    .containsExactly(new CriarNecessidade(
                            NecessidadeFormat.id(Actors.ORGANIZATION, "x1"),
                            Categoria.AGUA,
                            List.of(new Item("Agua: mineral", 9, "litro"), new Item("Copo", 2, "cx")),
                            new Local("Rua A, 7 \"fundos\"", -30.5, -51.0),
                            CRIADORA,
                            Urgencia.ALTA,
                            null,
                            Map.of()));
        }

        @Test
        void e_a_mesma_que_em_ndjson() {
            var json = """
                    {"externalId": "x1", "category": "AGUA", "urgency": "ALTA", "location": {"name": "Rua"}, \
                    "items": [{"item": "Agua", "quantity": 1, "unit": "litro"}]}""";
            assertThat(format.commands("x1,AGUA,ALTA,Rua,,,Agua:1:litro"))
                    .isEqualTo(new NecessidadeFormat(BINDER, SENDER).commands(json));
        }

        @Test
        void de_celulas_vazias_nao_guarda_nada() {
            assertThat(format.commands(",,,,,,")).isEmpty();
            assertThat(format.commands(" ,,\"\"")).isEmpty();
        }

        @Test
        void chama_os_campos_errados_pelas_suas_colunas() {
            assertThat(erros(format, ",AGUA,ALTA,,91,,Agua:0:litro"))
                    .containsExactlyInAnyOrder(
                            "externalId", "locationName", "latitude", "longitude", "items[0].quantity");
            assertThat(erros(format, "x,VINHO,ALTA,Rua,,,Agua:1:litro")).containsExactly("category");
            assertThat(erros(format, "x,AGUA,ALTA,Rua,\"30,5\",1,Agua:1:litro")).containsExactly("latitude");
            assertThat(erros(format, "x,AGUA,ALTA,Rua,,,Agua:1.5:litro")).containsExactly("items[0].quantity");
            assertThat(erros(format, "x,AGUA,ALTA,Rua,,,Agua:1:litro;Copo 2")).containsExactly("items[1]");
            assertThat(erros(format, "x,AGUA,ALTA,Rua,,,;")).containsExactly("items");
            assertThat(erros(format, "x,AGUA,ALTA,,,,Agua:1:litro")).containsExactly("locationName");
        }

        @Test
        void recusa_registros_que_nao_cabem_no_cabecalho_nem_na_linha() {
            assertThat(recusa(format, "x,AGUA,ALTA")).contains("3 colunas");
            assertThat(recusa(format, "x,AGUA,ALTA,\"Rua,,,Agua:1:litro")).contains("aspas");
            assertThat(recusa(format, "x,AGUA,ALTA,\"Rua\"7,,,Agua:1:litro")).contains("aspas");
            assertThat(recusa(format, "x,AGUA\r,ALTA,Rua,,,Agua:1:litro")).contains("registro");
        }
    }

    @Nested
    class ComOutroSeparador {
        @Test
        void o_ponto_e_virgula_separa_e_a_virgula_e_decimal() {
            var format = csv(HEADER.replace(',', ';'), SEMICOLON);
            assertThat(format.commands("x1;AGUA;ALTA;Rua A, 7;-30,5;-51,25;\"Agua:9:litro;Copo:2:cx\""))
                    .extracting(CriarNecessidade::location, need -> need.items().size())
                    .containsExactly(tuple(new Local("Rua A, 7", -30.5, -51.25), 2));
            assertThat(format.commands("x1;AGUA;ALTA;Rua;-30.5;-51;Agua:9:litro"))
                    .extracting(CriarNecessidade::location)
                    .containsExactly(new Local("Rua", -30.5, -51.0));
            assertThat(erros(format, "x;AGUA;ALTA;Rua;1.030,5;-51;Agua:1:litro"))
                    .containsExactly("latitude");
            assertThat(format.commands(";;;;;;")).isEmpty();
        }

        @Test
        void a_tabulacao_separa() {
            assertThat(csv(HEADER.replace(',', '\t'), TAB)
                            .commands("x1\tAGUA\tALTA\tRua\t-30,5\t-51\tAgua:9:litro;Copo:2:cx"))
                    .extracting(CriarNecessidade::location, need -> need.items().size())
                    .containsExactly(tuple(new Local("Rua", -30.5, -51.0), 2));
        }
    }

    private static CsvFormat csv(String header) {
        return csv(header, COMMA);
    }

    private static CsvFormat csv(String header, Separator separator) {
        return new CsvFormat(BINDER, new NecessidadeFormat(BINDER, SENDER), header, separator);
    }
}
