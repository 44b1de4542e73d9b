package mutirao.usuario.command;

import static mutirao.platform.test.Elenco.pessoa;
import static mutirao.platform.test.Elenco.soPodem;
import static mutirao.usuario.api.Papel.ADMIN;
import static mutirao.usuario.api.Papel.COORDENADOR;
import static mutirao.usuario.api.Papel.OPERADOR;
import static mutirao.usuario.api.Papel.VOLUNTARIO;
import static mutirao.usuario.command.UsuarioRule.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.DomainCommand;
import mutirao.api.Patch;
import mutirao.api.RuleViolation;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.identity.Role;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioCommand.AtualizarUsuario;
import mutirao.usuario.api.UsuarioCommand.CadastrarUsuario;
import mutirao.usuario.api.UsuarioCommand.DesativarUsuario;
import mutirao.usuario.api.UsuarioCommand.ReativarUsuario;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.PapeisAlterados;
import mutirao.usuario.api.UsuarioEvent.UsuarioAtualizado;
import mutirao.usuario.api.UsuarioEvent.UsuarioCadastrado;
import mutirao.usuario.api.UsuarioEvent.UsuarioDesativado;
import mutirao.usuario.api.UsuarioEvent.UsuarioReativado;
import mutirao.usuario.api.UsuarioId;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsuarioTest {
    private static final UsuarioId ANA = new UsuarioId(UUID.fromString("a0a00000-0000-4000-8000-000000000000"));
    private static final UUID BIA = UUID.fromString("b1a00000-0000-4000-8000-000000000000");
    private static final UUID OUTRA = UUID.fromString("07a00000-0000-4000-8000-000000000000");
    private static final String EMAIL = "ana@example.org";

    private final Map<String, UsuarioId> emails = new HashMap<>();
    private final AggregateTestFixture<Usuario> fixture = new AggregateTestFixture<>(Usuario.class);

    UsuarioTest() {
        Emails table = (_, email, dono) -> dono.equals(emails.computeIfAbsent(email, _ -> dono));
        fixture.registerInjectableResource(table);
    }

    private TestExecutor<Usuario> ninguem() {
        return fixture.givenNoPriorActivity();
    }

    private TestExecutor<Usuario> ana(Papel... papeis) {
        return fixture.given(cadastrada(), new PapeisAlterados(ANA, List.of(papeis)));
    }

    private TestExecutor<Usuario> anaDesativada() {
        return fixture.given(
                cadastrada(), new PapeisAlterados(ANA, List.of(VOLUNTARIO)), new UsuarioDesativado(ANA, null));
    }

    private static UsuarioEvent cadastrada() {
        return new UsuarioCadastrado(ANA, "Ana", EMAIL, null);
    }

    private static CadastrarUsuario cadastrar(Papel... papeis) {
        return new CadastrarUsuario(ANA, "Ana", EMAIL, null, Set.of(papeis));
    }

    private static AtualizarUsuario papeis(Papel... novos) {
        return new AtualizarUsuario(ANA, null, null, null, Set.of(novos));
    }

    private static AtualizarUsuario email(String novo) {
        return new AtualizarUsuario(ANA, null, novo, null, null);
    }

    private static ResultValidator<Usuario> manda(TestExecutor<Usuario> given, DomainCommand command, Sender sender) {
        return given.when(command, sender.metadata());
    }

    private static void recusa(ResultValidator<Usuario> result, UsuarioRule rule) {
        result.expectNoEvents().expectException(RuleViolation.class).expectExceptionMessage(rule.name());
    }

    private static void proibe(ResultValidator<Usuario> result) {
        result.expectNoEvents().expectException(Forbidden.class);
    }

    private static Sender admin() {
        return pessoa(BIA, Role.ADMIN);
    }

    @Test
    void os_papeis_tem_os_nomes_dos_da_plataforma() {
        assertThat(Arrays.stream(Papel.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values()).map(Enum::name).toList());
    }

    @Nested
    class Cadastrar {
        @Test
        void registra_o_contato_e_os_papeis_em_ordem() {
            manda(ninguem(), cadastrar(VOLUNTARIO, COORDENADOR), admin())
                    .expectEvents(cadastrada(), new PapeisAlterados(ANA, List.of(COORDENADOR, VOLUNTARIO)));
        }

        @Test
        void so_admin_ou_operador() {
            soPodem(UsuarioTest.this::ninguem, cadastrar(VOLUNTARIO), Set.of(Role.ADMIN, Role.OPERADOR));
        }

        @Test
        void em_outra_organizacao_o_admin_nao_e_nada_e_o_operador_e_operador() {
            var actor = Actor.caller(BIA, OUTRA, Set.of(Role.ADMIN));
            var operator = Actor.caller(BIA, OUTRA, Set.of(Role.COORDENADOR, Role.OPERADOR));

            proibe(manda(ninguem(), cadastrar(ADMIN), como(actor)));
            manda(ninguem(), cadastrar(ADMIN), como(operator)).expectSuccessfulHandlerExecution();
            assertThat(operator.in(Actors.ORGANIZATION).roles()).containsExactly(Role.OPERADOR);
        }

        private static Sender como(Actor actor) {
            return new Sender(actor, "c", "c", "test", null, null).in(Actors.ORGANIZATION);
        }

        @Test
        void so_um_operador_faz_outro() {
            proibe(manda(ninguem(), cadastrar(VOLUNTARIO, OPERADOR), admin()));
            manda(ninguem(), cadastrar(OPERADOR), pessoa(BIA, Role.OPERADOR)).expectSuccessfulHandlerExecution();
        }

        @Test
        void o_mesmo_email_nao_e_de_dois() {
            emails.put(EMAIL, new UsuarioId(BIA));

            recusa(manda(ninguem(), cadastrar(VOLUNTARIO), admin()), JA_EXISTE);
        }

        @Test
        void o_id_do_primeiro_administrador_e_dele_e_so_o_sistema_o_cadastra() {
            var id = new UsuarioId(Actors.ADMINISTRATOR);
            var command = new CadastrarUsuario(id, "Eu", EMAIL, null, Set.of(ADMIN, OPERADOR));

            recusa(manda(ninguem(), command, pessoa(BIA, Role.ADMIN, Role.OPERADOR)), JA_EXISTE);
            manda(ninguem(), command, Sender.system("job:teste", Actors.ORGANIZATION, "c", "c"))
                    .expectSuccessfulHandlerExecution();
        }

        @ParameterizedTest
        @ValueSource(strings = {"saga:entrega", "job:prazo", "client:robo"})
        void ninguem_se_cadastra_como_uma_saga_ou_um_programa(String name) {
            var id = new UsuarioId(Actors.system(name));

            recusa(manda(ninguem(), new CadastrarUsuario(id, "Eu", EMAIL, null, Set.of(ADMIN)), admin()), JA_EXISTE);
        }
    }

    @Nested
    class Atualizar {
        @Test
        void muda_o_que_foi_dito_e_deixa_o_resto() {
            var change = new AtualizarUsuario(ANA, "Ana Maria", null, new Patch<>("+5551999990000"), null);

            manda(ana(VOLUNTARIO), change, admin())
                    .expectEvents(new UsuarioAtualizado(ANA, "Ana Maria", EMAIL, "+5551999990000"));
        }

        @Test
        void o_que_ja_e_assim_nao_muda_nada() {
            manda(ana(VOLUNTARIO), new AtualizarUsuario(ANA, "Ana", EMAIL, null, Set.of(VOLUNTARIO)), admin())
                    .expectNoEvents()
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void o_contato_so_a_propria_pessoa_ou_admin() {
            soPodem(() -> ana(VOLUNTARIO), email("outro@example.org"), Set.of(Role.ADMIN), ANA.value());
        }

        @Test
        void papeis_so_admin() {
            soPodem(() -> ana(VOLUNTARIO), papeis(COORDENADOR), Set.of(Role.ADMIN));
            manda(ana(VOLUNTARIO), papeis(COORDENADOR, VOLUNTARIO), admin())
                    .expectEvents(new PapeisAlterados(ANA, List.of(COORDENADOR, VOLUNTARIO)));
        }

        @Test
        void ninguem_se_faz_admin() {
            proibe(manda(ana(VOLUNTARIO), papeis(ADMIN), pessoa(ANA.value(), Role.VOLUNTARIO)));
        }

        @Test
        void operador_so_por_operador_de_um_lado_e_do_outro() {
            proibe(manda(ana(VOLUNTARIO), papeis(VOLUNTARIO, OPERADOR), admin()));
            proibe(manda(ana(OPERADOR), papeis(VOLUNTARIO), admin()));
            manda(ana(OPERADOR), papeis(VOLUNTARIO), pessoa(BIA, Role.ADMIN, Role.OPERADOR))
                    .expectEvents(new PapeisAlterados(ANA, List.of(VOLUNTARIO)));
        }

        @Test
        void o_email_de_um_operador_e_o_caminho_para_a_sua_senha() {
            proibe(manda(ana(OPERADOR), email("da-bia@example.org"), admin()));
            manda(ana(OPERADOR), email("novo@example.org"), pessoa(ANA.value(), Role.OPERADOR))
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void o_ultimo_admin_nao_some_por_engano() {
            recusa(manda(ana(ADMIN), papeis(VOLUNTARIO), pessoa(ANA.value(), Role.ADMIN)), NAO_DEIXA_DE_SER_ADMIN);
        }

        @Test
        void o_email_de_outra_pessoa_fica_com_ela() {
            emails.put("bia@example.org", new UsuarioId(BIA));

            recusa(manda(ana(VOLUNTARIO), email("bia@example.org"), admin()), JA_EXISTE);
        }

        @Test
        void quem_esta_desativada_espera() {
            recusa(manda(anaDesativada(), email("novo@example.org"), admin()), USUARIO_INATIVO);
        }
    }

    @Nested
    class Desativar {
        @Test
        void so_admin() {
            soPodem(() -> ana(VOLUNTARIO), new DesativarUsuario(ANA, "mudou-se"), Set.of(Role.ADMIN));
            manda(ana(VOLUNTARIO), new DesativarUsuario(ANA, "mudou-se"), admin())
                    .expectEvents(new UsuarioDesativado(ANA, "mudou-se"));
        }

        @Test
        void ninguem_a_si_mesmo() {
            recusa(
                    manda(ana(ADMIN), new DesativarUsuario(ANA, null), pessoa(ANA.value(), Role.ADMIN)),
                    NAO_DESATIVA_A_SI_MESMO);
        }

        @Test
        void um_operador_so_por_outro() {
            proibe(manda(ana(OPERADOR), new DesativarUsuario(ANA, null), admin()));
        }

        @Test
        void duas_vezes_nao() {
            recusa(manda(anaDesativada(), new DesativarUsuario(ANA, null), admin()), USUARIO_INATIVO);
        }
    }

    @Nested
    class Reativar {
        @Test
        void so_admin() {
            soPodem(UsuarioTest.this::anaDesativada, new ReativarUsuario(ANA), Set.of(Role.ADMIN));
            manda(anaDesativada(), new ReativarUsuario(ANA), admin()).expectEvents(new UsuarioReativado(ANA));
        }

        @Test
        void um_operador_so_por_outro() {
            var operadora = fixture.given(
                    cadastrada(), new PapeisAlterados(ANA, List.of(OPERADOR)), new UsuarioDesativado(ANA, null));

            proibe(manda(operadora, new ReativarUsuario(ANA), admin()));
        }

        @Test
        void volta_a_ser_quem_era() {
            var reativada = fixture.given(
                    cadastrada(),
                    new PapeisAlterados(ANA, List.of(VOLUNTARIO)),
                    new UsuarioDesativado(ANA, null),
                    new UsuarioReativado(ANA));

            manda(reativada, new AtualizarUsuario(ANA, "Ana Maria", null, null, Set.of(VOLUNTARIO)), admin())
                    .expectEvents(new UsuarioAtualizado(ANA, "Ana Maria", EMAIL, null));
        }

        @Test
        void so_quem_esta_desativada() {
            recusa(manda(ana(VOLUNTARIO), new ReativarUsuario(ANA), admin()), USUARIO_ATIVO);
        }
    }
}
