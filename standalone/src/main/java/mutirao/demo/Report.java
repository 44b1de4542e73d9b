package mutirao.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/// What a play came to, counted from the API's answers.
///
/// @param delivered   units that arrived
/// @param returned    units available again after the refusal
/// @param rows        in the rebuilt projection
/// @param differences between them and the rows that served before
/// @param events      recorded in all
record Report(
        UUID concluded,
        long delivered,
        UUID refused,
        long returned,
        long rows,
        long differences,
        long events,
        String correlationId,
        Duration took) {

    /// For people.
    String report() {
        return """

                Demonstração: o bairro Sarandi, em Porto Alegre, depois da enchente (MUTIRAO_DEMO=false a dispensa).
                  3 necessidades e 3 ofertas: "MARMITA" pedida e "Marmita" oferecida são o mesmo item.
                  Joana levou %d marmitas da Cozinha Solidária ao abrigo e as entregou com o código.
                  Pedro recusou a entrega de água; reserva e compromisso voltaram atrás, e os %d galões estão livres.
                  A projeção "oferta" foi reconstruída dos eventos: %d linhas, %d diferentes das que serviam.
                  Tudo em %d eventos e %s s. O que vale a pena ver:
                    a entrega feita, passo a passo   /api/entregas/%s
                    a desfeita                       /api/entregas/%s
                    as ofertas, unidade por unidade  /api/ofertas
                    o que um só pedido causou        /api/auditoria?correlationId=%s
                """.formatted(
                        delivered,
                        returned,
                        rows,
                        differences,
                        events,
                        String.format(Locale.of("pt", "BR"), "%.1f", took.toMillis() / 1e3),
                        concluded,
                        refused,
                        correlationId);
    }
}
