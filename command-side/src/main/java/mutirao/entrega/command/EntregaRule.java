package mutirao.entrega.command;

import mutirao.api.Rule;

/// The rules of a delivery; each is the error code of the API and its text in `textos`.
enum EntregaRule implements Rule {
    VOLUNTARIO_DE_FORA,
    OFERTA_DESCONHECIDA,
    NECESSIDADE_DESCONHECIDA,
    ENTREGA_ENCERRADA,
    ENTREGA_NAO_ATRIBUIDA,
    ENTREGA_JA_ACEITA,
    ENTREGA_NAO_ACEITA,
    ENTREGA_JA_INICIADA,
    ENTREGA_NAO_INICIADA,
    ANTES_DO_PEDIDO,
    PRAZO_DE_ACEITE_VENCIDO,
    DESTINO_DA_CARGA_OBRIGATORIO,
    CODIGO_INCORRETO,
    CODIGO_BLOQUEADO,
    CODIGO_NAO_BLOQUEADO
}
