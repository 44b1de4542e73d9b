create table usuario (
    id              uuid primary key,
    organization_id uuid        not null,
    version         bigint      not null,
    status          text        not null,
    name            text        not null,
    email           text        not null,
    phone           text,
    roles           jsonb       not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    search          text        not null
);
create index usuario_newest on usuario (organization_id, created_at, id);
