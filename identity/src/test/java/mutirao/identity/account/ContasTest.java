package mutirao.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mutirao.api.Actors;
import mutirao.identity.Relogio;
import mutirao.identity.client.BootstrapClient;
import mutirao.identity.client.ClientTable;
import mutirao.identity.client.Clients;
import mutirao.identity.resource.Claims;
import mutirao.platform.identity.Role;
import mutirao.platform.test.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Logging in: what is counted, how long it is locked, and how much work each answer is.
class ContasTest {
    private static final String SENHA = "a senha certa";
    private static JdbcClient db;
    private static String url;

    private final Relogio relogio = Relogio.parado();
    private final AtomicInteger hashed = new AtomicInteger();
    private final Accounts accounts = new Accounts(db, counting(new Passwords()), relogio);
    private final UUID pessoa = UUID.randomUUID();
    private final UUID usuario = UUID.randomUUID();
    private final String login = pessoa + "@example.org";

    @BeforeAll
    static void banco() {
        url = TestDatabase.fresh();
        var source = new DriverManagerDataSource(url, "postgres", "");
        Flyway.configure().dataSource(source).load().migrate();
        db = JdbcClient.create(source);
    }

    private PasswordEncoder counting(PasswordEncoder encoder) {
        return new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                return encoder.encode(password);
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                hashed.incrementAndGet();
                return encoder.matches(password, hash);
            }

            @Override
            public boolean upgradeEncoding(String hash) {
                return encoder.upgradeEncoding(hash);
            }
        };
    }

    {
        accounts.openNobody();
        accounts.open(pessoa, login, SENHA);
    }

    private boolean entra(String senha) {
        return accounts.logIn(login, senha).isPresent();
    }

    private void erra(int times) {
        IntStream.range(0, times).forEach(_ -> assertThat(entra("errada")).isFalse());
    }

    @Test
    void sabe_se_onde_cada_pessoa_e_cada_programa_age() {
        var memberships = new MembershipTable(db);
        var outra = UUID.randomUUID();
        accounts.join(new Membership(pessoa, Actors.ORGANIZATION, usuario, Set.of(Role.VOLUNTARIO)));
        assertThat(memberships.acts(usuario, Actors.ORGANIZATION)).hasValue(true);
        assertThat(memberships.acts(usuario, outra)).hasValue(false);
        assertThat(memberships.acts(UUID.randomUUID(), outra)).isEmpty();
        accounts.disable(pessoa);
        assertThat(memberships.acts(usuario, Actors.ORGANIZATION)).hasValue(false);

        var programa = UUID.randomUUID();
        var clients = new Clients(
                new ClientTable(new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""))),
                new BCryptPasswordEncoder(4),
                relogio);
        for (var id : List.of(programa.toString(), "robo-" + programa)) {
            clients.bootstrap(new BootstrapClient(id, "segredo", Set.of(Role.VOLUNTARIO), outra));
            assertThat(memberships.acts(Claims.subject(id), outra)).as(id).hasValue(true);
            assertThat(memberships.acts(Claims.subject(id), Actors.ORGANIZATION))
                    .as(id)
                    .hasValue(false);
        }
    }

    @Test
    void a_senha_certa_entra_em_qualquer_caixa_do_login() {
        assertThat(accounts.logIn(" " + login.toUpperCase(java.util.Locale.ROOT), SENHA))
                .hasValue(pessoa);
    }

    @Test
    void quatro_erros_nao_trancam_e_entrar_os_esquece() {
        erra(4);
        assertThat(entra(SENHA)).isTrue();
        erra(4);
        assertThat(entra(SENHA)).isTrue();
    }

    @Test
    void cinco_erros_trancam_por_um_minuto_mesmo_para_a_senha_certa() {
        erra(5);
        assertThat(entra(SENHA)).isFalse();
        relogio.adianta(Duration.ofSeconds(59));
        assertThat(entra(SENHA)).isFalse();
        relogio.adianta(Duration.ofSeconds(2));
        assertThat(entra(SENHA)).isTrue();
    }

    @Test
    void cada_erro_a_mais_dobra_a_espera_ate_uma_hora() {
        erra(5);
        for (var minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            relogio.adianta(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(entra(SENHA)).as("locked for %d minutes", minutes).isFalse();
            relogio.adianta(Duration.ofSeconds(2));
            erra(1);
        }
        relogio.adianta(Duration.ofMinutes(61));
        assertThat(entra(SENHA)).isTrue();
        erra(4);
        assertThat(entra(SENHA)).isTrue();
    }

    @Test
    void tentativas_durante_a_tranca_nao_a_prolongam() {
        erra(5);
        erra(20);
        relogio.adianta(Duration.ofSeconds(61));
        assertThat(entra(SENHA)).isTrue();
    }

    @Test
    void muitos_ao_mesmo_tempo_nao_tem_mais_tentativas() {
        IntStream.range(0, 12)
                .mapToObj(_ -> CompletableFuture.runAsync(
                        () -> accounts.logIn(login, "errada"),
                        task -> Thread.ofVirtual().start(task)))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(db.sql("select failed_attempts from account where id = ?")
                        .param(pessoa)
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
        assertThat(entra(SENHA)).isFalse();
    }

    @Test
    void toda_recusa_custa_um_hash_e_uma_linha_escrita() {
        var off = UUID.randomUUID();
        accounts.open(off, off + "@example.org", SENHA);
        accounts.disable(off);

        trabalha(pessoa, login, "errada");
        trabalha(Accounts.NOBODY, "quem@example.org", "errada");
        trabalha(off, off + "@example.org", SENHA);
        erra(5);
        trabalha(pessoa, login, SENHA);
        IntStream.range(0, 6).forEach(_ -> accounts.logIn("quem@example.org", "errada"));
        trabalha(Accounts.NOBODY, "quem@example.org", "errada");
    }

    private void trabalha(UUID account, String login, String senha) {
        var before = hashed.get();
        var row = transacao(account);
        assertThat(accounts.logIn(login, senha)).isEmpty();
        assertThat(hashed.get() - before).as("hashes for " + login).isEqualTo(1);
        assertThat(transacao(account)).as("row of " + login).isNotEqualTo(row);
    }

    /// Which transaction wrote the row last.
    private static String transacao(UUID account) {
        return db.sql("select xmin::text from account where id = ?")
                .param(account)
                .query(String.class)
                .single();
    }

    @Test
    void um_hash_antigo_e_trocado_ao_entrar() {
        db.sql("update account set password_hash = ? where id = ?")
                .param("{bcrypt}" + new BCryptPasswordEncoder(4).encode(SENHA))
                .param(pessoa)
                .update();

        assertThat(entra("errada")).isFalse();
        assertThat(hash()).startsWith("{bcrypt}");
        assertThat(entra(SENHA)).isTrue();
        assertThat(hash()).startsWith("{argon2id}$argon2id$");
        assertThat(entra(SENHA)).isTrue();
    }

    private String hash() {
        return db.sql("select password_hash from account where id = ?")
                .param(pessoa)
                .query(String.class)
                .single();
    }

    @Test
    void sem_organizacao_ou_desligado_nao_age_por_ninguem() {
        assertThat(accounts.acting(pessoa, null)).isEmpty();

        accounts.join(new Membership(pessoa, Actors.ORGANIZATION, usuario, Set.of(Role.AUDITOR)));
        assertThat(accounts.acting(pessoa, null))
                .hasValue(new Membership(pessoa, Actors.ORGANIZATION, usuario, Set.of(Role.AUDITOR)));
        assertThat(accounts.acting(pessoa, UUID.randomUUID())).isEmpty();

        accounts.disable(pessoa);
        assertThat(accounts.acting(pessoa, null)).isEmpty();
        assertThat(entra(SENHA)).isFalse();
    }

    @Test
    void papeis_que_so_uma_versao_mais_nova_conhece_nao_contam() {
        accounts.join(new Membership(pessoa, Actors.ORGANIZATION, usuario, Set.of(Role.TECNICO)));
        db.sql("update membership set roles = roles || 'ASTRONAUTA'::text where account_id = ?")
                .param(pessoa)
                .update();

        assertThat(accounts.acting(pessoa, null).orElseThrow().roles()).containsExactly(Role.TECNICO);
    }
}
