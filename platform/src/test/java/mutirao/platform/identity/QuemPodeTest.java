package mutirao.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import org.junit.jupiter.api.Test;

/// What stands at an operation, and what must.
class QuemPodeTest {
    private static final Actor LUIZA = Actor.caller(new UUID(0, 1), Actors.ORGANIZATION, Set.of(Role.AUDITOR));

    @SuppressWarnings("unused") // what stands at them is looked at
    private static class Operacoes {
        void calada() {}

        @OpenTo
        void semDizerAQuem() {}

        @OpenTo(value = Role.ADMIN, everybody = true)
        void aDois() {}

        @OpenTo(Role.ADMIN)
        void aUm() {}

        @OpenTo(everybody = true)
        void aTodos() {}

        @OpenToReaders(also = "só as suas")
        void aQuemLe() {}
    }

    private static Access de(String name) {
        try {
            return Access.of(Operacoes.class.getDeclaredMethod(name)).orElseThrow();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aberta_a_todos_so_o_que_o_diz() throws NoSuchMethodException {
        assertThat(Access.of(Operacoes.class.getDeclaredMethod("calada"))).isEmpty();
        for (var name : Set.of("semDizerAQuem", "aDois")) {
            assertThatIllegalStateException().as(name).isThrownBy(() -> de(name));
        }
    }

    @Test
    void um_papel_abre_e_os_outros_nao() {
        assertThat(de("aUm").allows(LUIZA)).isFalse();
        assertThat(de("aTodos").allows(LUIZA)).isTrue();
        assertThat(de("aQuemLe").allows(LUIZA)).isTrue();
        assertThat(de("aQuemLe").inWords()).contains("AUDITOR").endsWith("Além do papel: só as suas.");
    }
}
