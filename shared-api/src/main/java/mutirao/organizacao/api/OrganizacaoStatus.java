package mutirao.organizacao.api;

/// Whether an organization works.
public enum OrganizacaoStatus {
    ATIVA
}
