package mutirao.integracao.command;

import mutirao.messaging.Publishes;

/// A neighbour's wish that was not granted.
sealed interface Recusa {
    /// Where refusals go.
    String TOPIC = "mutirao.respostas";

    /// The wish's own id.
    String message();

    /// That refused it, as the API names it.
    String rule();

    @Publishes(value = "necessidade.recusada", topic = TOPIC)
    record NecessidadeRecusada(String message, String rule) implements Recusa {}

    @Publishes(value = "ticket.recusado", topic = TOPIC)
    record TicketRecusado(String message, String rule) implements Recusa {}

    @Publishes(value = "entrega.posicao-recusada", topic = TOPIC)
    record PosicaoRecusada(String message, String rule) implements Recusa {}
}
