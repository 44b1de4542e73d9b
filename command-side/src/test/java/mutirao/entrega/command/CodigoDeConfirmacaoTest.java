package mutirao.entrega.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.entrega.api.EntregaId;
import org.junit.jupiter.api.Test;

class CodigoDeConfirmacaoTest {
    private static final EntregaId ENTREGA = new EntregaId(UUID.fromString("66666666-6666-4666-8666-666666666666"));
    private static final EntregaId OUTRA = new EntregaId(UUID.fromString("77777777-7777-4777-8777-777777777777"));

    private final CodigoDeConfirmacao codigo = new CodigoDeConfirmacao(data -> hmac("segredo", data));

    @Test
    void tem_seis_algarismos() {
        assertThat(IntStream.range(0, 2000).mapToObj(counter -> codigo.of(ENTREGA, counter)))
                .allMatch(code -> code.matches("[0-9]{6}"));
    }

    @Test
    void guarda_os_zeros_a_esquerda() {
        assertThat(resto(0).of(ENTREGA, 0)).isEqualTo("000000");
        assertThat(resto(42).of(ENTREGA, 0)).isEqualTo("000042");
        assertThat(resto(1_000_007).of(ENTREGA, 0)).isEqualTo("000007");
    }

    @Test
    void um_resumo_negativo_nao_da_codigo_negativo() {
        assertThat(resto(-1).of(ENTREGA, 0)).isEqualTo("551615"); // 2^64 - 1
    }

    @Test
    void e_sempre_o_mesmo_para_a_mesma_entrega_e_o_mesmo_contador() {
        var outroLado = new CodigoDeConfirmacao(data -> hmac("segredo", data));
        assertThat(codigo.of(ENTREGA, 3)).isEqualTo(outroLado.of(new EntregaId(ENTREGA.value()), 3));
    }

    @Test
    void muda_com_a_entrega_o_contador_e_o_segredo() {
        var outroSegredo = new CodigoDeConfirmacao(data -> hmac("outro segredo", data));
        assertThat(new HashSet<>(List.of(
                        codigo.of(ENTREGA, 0),
                        codigo.of(ENTREGA, 1),
                        codigo.of(OUTRA, 0),
                        outroSegredo.of(ENTREGA, 0))))
                .hasSize(4);
    }

    @Test
    void contador_e_entrega_nao_se_confundem_no_que_e_resumido() {
        var resumidos = new ArrayList<String>();
        var espiao = new CodigoDeConfirmacao(data -> {
            resumidos.add(new String(data, StandardCharsets.UTF_8));
            return new byte[8];
        });
        espiao.of(ENTREGA, 1);
        espiao.of(ENTREGA, 11);
        espiao.of(OUTRA, 1);
        assertThat(resumidos).doesNotHaveDuplicates().first().isEqualTo(ENTREGA.value() + ":1");
    }

    @Test
    void espalha_se_por_todos_os_algarismos() {
        var vezes = new HashMap<Character, Integer>();
        IntStream.range(0, 5000)
                .mapToObj(counter -> codigo.of(ENTREGA, counter))
                .forEach(code -> vezes.merge(code.charAt(0), 1, Integer::sum));
        // 500 expected of each; six standard deviations either way.
        assertThat(vezes).hasSize(10).allSatisfy((_, n) -> assertThat(n).isBetween(370, 630));
    }

    private static CodigoDeConfirmacao resto(long hash) {
        return new CodigoDeConfirmacao(_ -> ByteBuffer.allocate(8).putLong(hash).array());
    }

    private static byte[] hmac(String secret, byte[] data) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
