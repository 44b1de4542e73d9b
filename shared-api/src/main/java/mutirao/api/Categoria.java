package mutirao.api;

/// What kind of goods or help.
public enum Categoria {
    AGUA,
    ALIMENTO,
    HIGIENE,
    ROUPA,
    MEDICAMENTO,
    ABRIGO,
    TRANSPORTE,
    OUTRO
}
