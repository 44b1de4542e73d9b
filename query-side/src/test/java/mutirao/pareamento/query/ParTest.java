package mutirao.pareamento.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaResumo;
import mutirao.oferta.api.OfertaStatus;
import mutirao.pareamento.query.Par.Criterio;
import mutirao.pareamento.query.Par.Quota;
import mutirao.pareamento.query.Parametros.Pesos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParTest {
    private static final long SEED = Long.getLong("semente", System.nanoTime());
    private static final Instant AGORA = Instant.parse("2026-05-06T12:00:00Z");
    private static final List<Urgencia> URGENCIAS = List.of(Urgencia.values());
    private static final Local ABRIGO = new Local("Abrigo", -30.0, -51.0);
    private static final List<Item> AGUA = List.of(new Item("Água mineral", 100, "litro"));

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void conta_como_a_documentacao_conta() {
        // The worked example of docs/pareamento.md.
        var need = falta(Urgencia.CRITICA, ABRIGO, AGORA.plus(Duration.ofHours(24)), AGUA);
        var offer = sobra(
                new Local("Mercado", -29.8875, -51.0),
                AGORA.plus(Duration.ofDays(3)),
                List.of(new Item("agua MINERAL", 60, "Litro")));
        var par = Par.of(need, offer, Parametros.PADRAO, AGORA).orElseThrow();
        assertThat(par.distanceKm()).isEqualTo(12.509, within(0.001));
        assertThat(par.terms().stream().map(Par.Termo::value))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 0.0005 ? 0 : 1)
                .containsExactly(0.7498, 1.0, 0.5, 0.75, 0.6);
        assertThat(par.score()).isEqualTo(0.7458, within(0.0005));
    }

    @Test
    void mais_perto_nunca_e_pior() {
        ordenados(
                () -> random.nextDouble(0, 0.4),
                (base, graus) -> Par.of(
                        base.need(), em(base.offer(), new Local("x", -30 + graus, -51.0)), base.parameters(), AGORA));
    }

    @Test
    void mais_urgente_nunca_e_pior() {
        ordenados(
                () -> (double) -random.nextInt(4),
                (base, n) -> Par.of(
                        falta(
                                URGENCIAS.get((int) -n),
                                base.need().location(),
                                base.need().neededUntil(),
                                AGUA),
                        base.offer(),
                        base.parameters(),
                        AGORA));
    }

    @Test
    void o_que_termina_antes_nunca_e_pior() {
        ordenados(() -> random.nextDouble(1, 1e6), (base, seconds) -> {
            var until = AGORA.plusSeconds((long) (double) seconds);
            return Par.of(
                    base.need(),
                    new Sobra(
                            base.offer().id(),
                            base.offer().location(),
                            until,
                            base.offer().items()),
                    base.parameters(),
                    AGORA);
        });
    }

    @Test
    void o_que_vence_antes_nunca_e_pior_e_sem_prazo_nunca_e_melhor() {
        ordenados(() -> random.nextDouble(1, 1e6), (base, seconds) -> {
            var until = seconds > 9e5 ? null : AGORA.plusSeconds((long) (double) seconds);
            return Par.of(
                    falta(base.need().urgency(), base.need().location(), until, AGUA),
                    base.offer(),
                    base.parameters(),
                    AGORA);
        });
    }

    @Test
    void cobrir_mais_nunca_e_pior() {
        ordenados(
                () -> (double) -random.nextInt(1, 300),
                (base, n) -> Par.of(
                        base.need(),
                        sobra(
                                base.offer().location(),
                                base.offer().availableUntil(),
                                List.of(new Item("Água mineral", (long) -n, "litro"))),
                        base.parameters(),
                        AGORA));
    }

    private record Base(Falta need, Sobra offer, Parametros parameters) {}

    private interface Com {
        Optional<Par> valor(Base base, Double value);
    }

    /// Of two values that differ in one thing only, the smaller gives at least the same score.
    private void ordenados(Supplier<Double> values, Com com) {
        for (int i = 0; i < 2000; i++) {
            var base = new Base(falta(urgencia(), ABRIGO, prazo(), AGUA), sobra(lugar(), fim(), AGUA), parametros());
            var two = new ArrayList<>(List.of(values.get(), values.get()));
            Collections.sort(two);
            var better = com.valor(base, two.getFirst()).orElseThrow();
            var worse = com.valor(base, two.getLast()).orElseThrow();
            assertThat(better.score())
                    .as("seed %d, %s, %s", SEED, better, worse)
                    .isGreaterThanOrEqualTo(worse.score());
            assertThat(better.score()).as("seed " + SEED).isBetween(0.0, 1.0);
            assertThat(worse.terms())
                    .allSatisfy(term -> assertThat(term.value()).isBetween(0.0, 1.0));
        }
    }

    @Test
    void sem_lugar_a_distancia_e_desconhecida_e_vale_a_metade() {
        var need = falta(Urgencia.ALTA, ABRIGO, null, AGUA);
        var par = Par.of(need, sobra(new Local("?", null, null), fim(), AGUA), new Parametros(1, Pesos.PADRAO), AGORA)
                .orElseThrow();
        assertThat(par.distanceKm()).isNull();
        assertThat(par.terms().getFirst().term()).isEqualTo(Criterio.DISTANCE);
        assertThat(par.terms().getFirst().value()).isEqualTo(0.5);
    }

    @Test
    void nao_ha_par_alem_do_raio_depois_do_fim_ou_sem_item_em_comum() {
        var need = falta(Urgencia.ALTA, ABRIGO, null, AGUA);
        var perto = sobra(new Local("x", -30.1, -51.0), AGORA.plusSeconds(1), AGUA);
        assertThat(Par.of(need, perto, new Parametros(11.2, Pesos.PADRAO), AGORA))
                .isPresent();
        assertThat(Par.of(need, perto, new Parametros(11.1, Pesos.PADRAO), AGORA))
                .isEmpty();
        assertThat(Par.of(need, em(perto, new Local("x", -30.0, -51.2)), new Parametros(19.2, Pesos.PADRAO), AGORA))
                .isEmpty();
        assertThat(Par.of(need, perto, Parametros.PADRAO, AGORA.plusSeconds(1))).isEmpty();
        var vencida = falta(Urgencia.ALTA, ABRIGO, AGORA, AGUA);
        assertThat(Par.of(vencida, perto, Parametros.PADRAO, AGORA)).isEmpty();
        for (var outro : List.of(new Item("Água mineral", 1, "caixa"), new Item("Água", 1, "litro"))) {
            assertThat(Par.of(need, sobra(ABRIGO, fim(), List.of(outro)), Parametros.PADRAO, AGORA))
                    .isEmpty();
        }
    }

    @Test
    void as_quotas_nunca_passam_do_que_falta_nem_do_que_sobra() {
        for (int i = 0; i < 2000; i++) {
            var need = falta(Urgencia.ALTA, ABRIGO, null, itens());
            var offer = sobra(ABRIGO, fim(), itens());
            var quotas = Par.quotas(need, offer);
            for (var side : List.of(
                    Map.entry(need.items(), soma(quotas, quota -> quota.need().line())),
                    Map.entry(offer.items(), soma(quotas, quota -> quota.offer().line())))) {
                for (var rest : side.getKey()) {
                    assertThat(side.getValue().getOrDefault(rest.line(), 0L))
                            .as("seed " + SEED)
                            .isLessThanOrEqualTo(rest.quantity());
                }
            }
            // Nothing that fits is left on both sides.
            for (var wanted : need.items()) {
                for (var had : offer.items()) {
                    if (wanted.key().equals(had.key())) {
                        assertThat(wanted.quantity() == quotasDe(quotas, wanted, true)
                                        || had.quantity() == quotasDe(quotas, had, false))
                                .as("seed " + SEED)
                                .isTrue();
                    }
                }
            }
        }
    }

    private static long quotasDe(List<Quota> quotas, Resto rest, boolean need) {
        return quotas.stream()
                .filter(quota -> (need ? quota.need() : quota.offer()).equals(rest))
                .mapToLong(Quota::quantity)
                .sum();
    }

    private static Map<String, Long> soma(List<Quota> quotas, Function<Quota, String> line) {
        var sums = new HashMap<String, Long>();
        quotas.forEach(quota -> sums.merge(line.apply(quota), quota.quantity(), Long::sum));
        return sums;
    }

    /// Doubled names among them, which differ in accents only.
    private List<Item> itens() {
        return Stream.of("Água", "agua", "Pão", "pao", "leite")
                .filter(_ -> random.nextBoolean())
                .map(name -> new Item(name, random.nextLong(1, 10), random.nextInt(4) == 0 ? "caixa" : "un"))
                .toList();
    }

    private Parametros parametros() {
        return new Parametros(
                random.nextDouble(50, 200),
                new Pesos(random.nextInt(5), random.nextInt(5), random.nextInt(5), random.nextInt(5), 1));
    }

    private Urgencia urgencia() {
        return URGENCIAS.get(random.nextInt(URGENCIAS.size()));
    }

    private @Nullable Instant prazo() {
        return random.nextBoolean() ? null : AGORA.plusSeconds(random.nextInt(1, 1_000_000));
    }

    private Instant fim() {
        return AGORA.plusSeconds(random.nextInt(1, 1_000_000));
    }

    private Local lugar() {
        return random.nextInt(4) == 0
                ? new Local("?", null, null)
                : new Local("x", -30 + random.nextDouble(-0.3, 0.3), -51 + random.nextDouble(-0.3, 0.3));
    }

    private static Sobra em(Sobra offer, Local place) {
        return new Sobra(offer.id(), place, offer.availableUntil(), offer.items());
    }

    private static Falta falta(Urgencia urgency, Local place, @Nullable Instant neededUntil, List<Item> items) {
        return Falta.de(
                new NecessidadeResumo(
                        new UUID(0, 1),
                        0,
                        NecessidadeStatus.ABERTA,
                        Categoria.AGUA,
                        items.stream().map(LinhaNecessidade::of).toList(),
                        place,
                        new UUID(0, 2),
                        urgency,
                        neededUntil,
                        Map.of(),
                        false,
                        null,
                        AGORA,
                        AGORA),
                Map.of());
    }

    private static Sobra sobra(Local place, Instant until, List<Item> items) {
        return Sobra.de(
                new OfertaResumo(
                        new UUID(0, 3),
                        0,
                        OfertaStatus.PUBLICADA,
                        Categoria.AGUA,
                        items.stream().map(LinhaOferta::of).toList(),
                        place,
                        new UUID(0, 4),
                        until,
                        Map.of(),
                        null,
                        AGORA,
                        AGORA),
                Map.of());
    }
}
