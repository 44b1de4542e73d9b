package mutirao.importacao.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class NameUuidTest {
    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// RFC 9562, appendix A.4.
    @Test
    void e_o_exemplo_da_rfc_9562() {
        assertThat(NameUuid.of(DNS, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void diz_a_sua_versao_e_a_sua_variante() {
        for (int i = 0; i < 100; i++) {
            var id = NameUuid.of(DNS, "nome " + i);
            assertThat(id.version()).isEqualTo(5);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void muda_com_o_nome_e_com_quem_nomeia() {
        var outra = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
        assertThat(NameUuid.of(DNS, "\u00e1gua"))
                .isEqualTo(NameUuid.of(DNS, "\u00e1gua"))
                .isNotEqualTo(NameUuid.of(DNS, "agua"))
                .isNotEqualTo(NameUuid.of(outra, "\u00e1gua"));
    }

    /// Written down here because files already imported depend on it.
    @Test
    void o_id_de_uma_necessidade_nao_muda_entre_versoes_do_programa() {
        assertThat(NecessidadeFormat.id(UUID.fromString("00000000-0000-0000-0000-000000000001"), "abrigo-7")
                        .value())
                .isEqualTo(UUID.fromString("52b9877f-e3e7-502f-b056-f6d687ca0fee"));
    }
}
