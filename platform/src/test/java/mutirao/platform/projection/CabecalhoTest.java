package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.Exemplo;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Gato.GatoComeu;
import mutirao.platform.projection.Gato.GatoId;
import mutirao.platform.projection.Gato.GatoNasceu;
import mutirao.platform.projection.Gato.GatoSumiu;
import mutirao.platform.projection.Gato.TigelaCheia;
import mutirao.platform.projection.Gato.TigelaId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The head of a row is the kernel's, whatever a fold says of it.
class CabecalhoTest {
    private static final GatoId MIA = new GatoId(UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7"));
    private static final Instant MANHA = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant NOITE = Instant.parse("2026-03-02T20:00:00Z");

    record Ficha(UUID id, long version, String name, long grams, Instant createdAt, Instant updatedAt) {}

    /// Says nothing of the head, or nonsense.
    record Fichas(Table<Ficha> table) implements Projection<DomainEvent, Ficha> {
        Fichas() {
            this(Table.of(Gato.class, 1, Ficha.class));
        }

        @Override
        public @Nullable Object keyOf(DomainEvent event, EventMeta meta) {
            return event instanceof TigelaCheia e
                    ? e.gato().value()
                    : event.id().value();
        }

        @Override
        public @Nullable Ficha evolve(@Nullable Ficha row, DomainEvent event, EventMeta meta) {
            return switch (event) {
                case GatoNasceu e -> new Ficha(null, 0, e.name(), 0, null, null);
                case GatoComeu e ->
                    new Ficha(
                            UUID.randomUUID(),
                            99,
                            requireNonNull(row).name(),
                            row.grams() + e.grams(),
                            Instant.EPOCH,
                            Instant.EPOCH);
                case GatoSumiu _ -> null;
                default -> row;
            };
        }
    }

    private final Fichas fichas = new Fichas();

    private static EventMeta meta(DomainEvent event, long version, Instant at) {
        var meta = Exemplo.meta(event);
        return new EventMeta(
                1,
                meta.eventId(),
                meta.type(),
                meta.revision(),
                meta.aggregateType(),
                meta.aggregateId(),
                version,
                at,
                meta.userId(),
                meta.organizationId(),
                null,
                null,
                null);
    }

    private @Nullable Ficha depois(@Nullable Ficha row, DomainEvent event, long version, Instant at) {
        return fichas.next(row, event, meta(event, version, at));
    }

    private Ficha nascida() {
        return requireNonNull(depois(null, new GatoNasceu(MIA, "Mia"), 0, MANHA));
    }

    @Test
    void a_primeira_linha_tem_a_chave_e_a_hora_do_evento() {
        assertThat(nascida()).isEqualTo(new Ficha(MIA.value(), 0, "Mia", 0, MANHA, MANHA));
    }

    @Test
    void as_outras_guardam_a_chave_e_a_criacao() {
        assertThat(depois(nascida(), new GatoComeu(MIA, 80), 1, NOITE))
                .isEqualTo(new Ficha(MIA.value(), 1, "Mia", 80, MANHA, NOITE));
    }

    @Test
    void o_evento_de_outro_agregado_nao_muda_a_versao() {
        assertThat(depois(nascida(), new TigelaCheia(new TigelaId(UUID.randomUUID()), MIA), 7, NOITE))
                .isEqualTo(new Ficha(MIA.value(), 0, "Mia", 0, MANHA, NOITE));
    }

    @Test
    void sem_linha_nao_ha_cabecalho() {
        assertThat(depois(nascida(), new GatoSumiu(MIA), 1, NOITE)).isNull();
    }

    @Test
    void o_erro_da_dobra_e_o_dela() {
        assertThatNullPointerException().isThrownBy(() -> depois(null, new GatoComeu(MIA, 1), 0, MANHA));
    }

    @Nested
    class Quem_le_o_evento_sem_decodificar {
        record Contagem(UUID id, long count, Instant updatedAt) {}

        record Contagens(Table<Contagem> table) implements ReadModel<Contagem> {
            @Override
            public Object keyOf(RecordedEvent event) {
                return event.meta().organizationId();
            }

            @Override
            public Contagem evolve(@Nullable Contagem row, RecordedEvent event) {
                return new Contagem(null, row == null ? 1 : row.count() + 1, null);
            }
        }

        private final RecordedEvent event = Exemplo.recorded(new GatoSumiu(MIA), 1);

        @Test
        void tem_do_cabecalho_o_que_o_seu_registro_tem() {
            var contagens = new Contagens(Table.of("contagem", 1, Contagem.class));
            var um = contagens.next(null, event);
            assertThat(um)
                    .isEqualTo(new Contagem(
                            event.meta().organizationId(), 1, event.meta().timestamp()));
            assertThat(contagens.next(um, event).count()).isEqualTo(2);
        }

        @Test
        void com_outra_chave_nao_tem_nenhum() {
            var contagens =
                    new Contagens(Table.of("contagem", 1, Contagem.class).keyed("count"));
            assertThat(contagens.next(null, event)).isEqualTo(new Contagem(null, 1, null));
        }
    }

    @Test
    void a_tabela_tem_o_nome_do_contexto_de_seus_eventos() {
        assertThat(fichas.table().name()).isEqualTo("gato");
        assertThat(fichas.table().contexts()).containsExactly("gato");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(DomainEvent.class, 1, Ficha.class))
                .withMessageContaining("not of one context");
    }
}
