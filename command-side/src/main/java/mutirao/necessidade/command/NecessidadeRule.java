package mutirao.necessidade.command;

import mutirao.api.Rule;

/// The rules of a need; each is the error code of the API and its text in `textos`.
enum NecessidadeRule implements Rule {
    METADADOS_DEMAIS,
    NECESSIDADE_ATENDIDA,
    NECESSIDADE_CANCELADA,
    NECESSIDADE_EXPIRADA,
    ABAIXO_DO_COMPROMETIDO,
    UNIDADE_COMPROMETIDA,
    ITEM_DESCONHECIDO,
    UNIDADE_DIFERENTE,
    ACIMA_DO_PENDENTE
}
