package mutirao.identity;

import static mutirao.identity.Navegador.json;
import static mutirao.identity.Navegador.jwt;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import mutirao.api.Actors;
import mutirao.identity.account.Accounts;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioEvent.UsuarioDesativado;
import mutirao.usuario.api.UsuarioId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Links by mail.
@Identidade
class CorreioTest {
    @RegisterExtension
    static final GreenMailExtension CORREIO = new GreenMailExtension(
                    new ServerSetup(portaLivre(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withPerMethodLifecycle(false);

    private static final String SENHA = "um segredo bem comprido";
    private static final Pattern LINK = Pattern.compile("https://mutirao\\.example/senha/nova\\?token=[\\w-]{43}");
    private static final UUID LA = UUID.fromString(Identidade.OUTRA_ORGANIZACAO);

    @Autowired
    Navegador navegador;

    @Autowired
    Cadastros cadastros;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient db;

    private final String email = "rui." + UUID.randomUUID() + "@example.org";

    @DynamicPropertySource
    static void correio(DynamicPropertyRegistry registry) {
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", () -> CORREIO.getSmtp().getPort());
    }

    /// The same after the server has been away.
    private static int portaLivre() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<MimeMessage> recebidas() {
        return Arrays.stream(CORREIO.getReceivedMessages())
                .filter(message -> para(message).equals(email))
                .toList();
    }

    private static String para(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MimeMessage chega(int quantas) {
        return Awaitility.await()
                .atMost(PACIENCIA)
                .until(this::recebidas, all -> all.size() == quantas)
                .getLast();
    }

    private static String link(MimeMessage message) throws MessagingException, IOException {
        var found = LINK.matcher((String) message.getContent());
        assertThat(found.find()).as(GreenMailUtil.getBody(message)).isTrue();
        return found.group();
    }

    private void esperaOsTrabalhos() {
        Awaitility.await()
                .atMost(PACIENCIA)
                .until(() -> db.sql("select count(*) from scheduled_tasks where task_name = 'identidade-senha'")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    @Test
    void o_convite_vai_para_a_pessoa_e_nao_para_quem_convida() throws Exception {
        var usuario = cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);

        var answer = json(navegador.convida(usuario, "robo", "segredo-do-robo"), 200);

        assertThat(answer.propertyNames()).containsExactly("sentTo");
        assertThat(answer.get("sentTo").asString()).isEqualTo(email);
        var message = chega(1);
        assertThat(message.getSubject()).isEqualTo("Convite para o Mutir\u00e3o");
        assertThat(message.getFrom()[0]).hasToString("mutirao@mutirao.example");
        assertThat(message.getContentType()).startsWith("text/plain");
        assertThat(navegador.define(link(message), SENHA).statusCode()).isEqualTo(303);
        var tokens = json(navegador.troca(navegador.codigo(email, SENHA), Navegador.VERIFICADOR), 200);
        assertThat(jwt(tokens.get("access_token").asString()).getJWTClaimsSet().getSubject())
                .isEqualTo(usuario.toString());
    }

    @Test
    void quem_esqueceu_a_senha_recebe_um_link_de_uma_hora() throws Exception {
        cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);

        var asked = navegador.esquece(" " + email.toUpperCase(java.util.Locale.ROOT));
        assertThat(navegador
                        .get(asked.headers().firstValue("Location").orElseThrow(), "Accept-Language", "en")
                        .body())
                .contains("role=\"status\"", "a link arrives there");

        assertThat(navegador.define(link(chega(1)), SENHA).statusCode()).isEqualTo(303);
        assertThat(accounts.logIn(email, SENHA)).isPresent();
    }

    @Test
    void o_link_do_correio_prova_o_email_e_acorda_as_outras_organizacoes() throws Exception {
        cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);
        var la = cadastros.cadastra(LA, email, Papel.DOADOR);

        navegador.esquece(email);
        navegador.define(link(chega(1)), SENHA);

        var tokens =
                json(navegador.troca(navegador.codigo(email, SENHA, "org", LA.toString()), Navegador.VERIFICADOR), 200);
        assertThat(jwt(tokens.get("access_token").asString()).getJWTClaimsSet().getSubject())
                .isEqualTo(la.toString());
    }

    @Test
    void quem_nao_ha_ou_foi_desativada_nao_recebe_nada_e_da_o_mesmo_trabalho() {
        var usuario = cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);
        cadastros.diz(Actors.ORGANIZATION, new UsuarioDesativado(new UsuarioId(usuario), null));

        var answers =
                List.of(navegador.esquece(email), navegador.esquece("quem@example.org"), navegador.esquece("admin"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).hasValue("/senha?enviado");
        });
        esperaOsTrabalhos();
        assertThat(Arrays.stream(CORREIO.getReceivedMessages()).map(CorreioTest::para))
                .doesNotContain(email, "quem@example.org", "admin");
    }

    @Test
    void cada_pedido_e_um_trabalho_haja_ou_nao_a_conta() {
        cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);
        var quem = "quem." + UUID.randomUUID() + "@example.org";
        db.sql("create table if not exists pedido (data text)").update();
        db.sql("""
                create or replace function anota() returns trigger language plpgsql as
                $$ begin insert into pedido values (convert_from(new.task_data, 'UTF8')); return null; end $$
                """).update();
        db.sql("create or replace trigger anota after insert on scheduled_tasks for each row execute function anota()")
                .update();

        navegador.esquece(email);
        navegador.esquece(quem);

        var pedidos = db.sql("select data from pedido").query(String.class).list();
        assertThat(pedidos).filteredOn(data -> data.contains(email)).hasSize(1);
        assertThat(pedidos).filteredOn(data -> data.contains(quem)).hasSize(1);
    }

    @Test
    void uma_caixa_nao_se_enche_com_pedidos_de_outros() {
        cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);
        navegador.esquece(email);
        chega(1);
        esperaOsTrabalhos();

        navegador.esquece(email);
        esperaOsTrabalhos();

        assertThat(recebidas()).hasSize(1);
    }

    @Test
    void nem_com_convites() throws Exception {
        var usuario = cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);
        for (int i = 0; i < 5; i++) {
            json(navegador.convida(usuario, "robo", "segredo-do-robo"), 200);
            esperaOsTrabalhos();
        }

        assertThat(recebidas()).hasSize(1);
        assertThat(navegador.define(link(chega(1)), SENHA).statusCode()).isEqualTo(303);
    }

    @Test
    void o_que_espera_ser_enviado_nao_guarda_segredo_e_sai_quando_o_servidor_volta() throws Exception {
        cadastros.cadastra(Actors.ORGANIZATION, email, Papel.VOLUNTARIO);
        CORREIO.stop();
        try {
            navegador.esquece(email);
            var data = Awaitility.await()
                    .until(
                            () -> db.sql("select convert_from(task_data, 'UTF8') from scheduled_tasks"
                                            + " where task_name = 'identidade-senha' and consecutive_failures > 0")
                                    .query(String.class)
                                    .optional(),
                            java.util.Optional::isPresent)
                    .orElseThrow();
            assertThat(data).contains(email).doesNotContain("token", "nova");
            assertThat(db.sql("select count(*) from password_link l join account a on a.id = l.account_id"
                                    + " where a.login = ?")
                            .param(email)
                            .query(Long.class)
                            .single())
                    .isZero();
        } finally {
            CORREIO.start();
        }
        assertThat(navegador.define(link(chega(1)), SENHA).statusCode()).isEqualTo(303);
    }
}
