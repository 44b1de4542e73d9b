package mutirao.oferta.command;

import mutirao.api.Rule;

/// The rules of an offer; each is the error code of the API and its text in `textos`.
enum OfertaRule implements Rule {
    METADADOS_DEMAIS,
    OFERTA_EXPIRADA,
    OFERTA_CANCELADA,
    ABAIXO_DO_RESERVADO,
    UNIDADE_RESERVADA,
    QUANTIDADE_INDISPONIVEL,
    RESERVAS_DEMAIS,
    RESERVA_JA_EXISTE,
    RESERVA_DESCONHECIDA,
    RESERVA_ENCERRADA,
    RESERVA_DE_ENTREGA,
    VOLUNTARIO_DE_FORA,
    RESERVA_DE_OUTRO_VOLUNTARIO
}
