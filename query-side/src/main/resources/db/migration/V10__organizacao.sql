create table organizacao (
    id              uuid primary key,
    organization_id uuid        not null,
    version         bigint      not null,
    status          text        not null,
    name            text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create index organizacao_newest on organizacao (created_at, id);
