-- Read models. Every row can be computed again from the events; every table knows whose its rows are.
create table necessidade (
    id              uuid primary key,
    organization_id uuid        not null,
    version         bigint      not null,
    status          text        not null,
    category        text        not null,
    items           jsonb       not null,
    location        jsonb       not null,
    creator_id      uuid        not null,
    urgency         text        not null,
    needed_until    timestamptz,
    metadata        jsonb       not null,
    reason          text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    latitude        double precision,
    longitude       double precision,
    urgency_rank    int         not null,
    search          text        not null
);
create index necessidade_newest on necessidade (created_at, id);
create index necessidade_status on necessidade (status, created_at, id);
create index necessidade_place on necessidade (latitude, longitude) where latitude is not null;
create index necessidade_creator on necessidade (creator_id, created_at, id);

create table oferta (
    id              uuid primary key,
    organization_id uuid        not null,
    version         bigint      not null,
    status          text        not null,
    category        text        not null,
    items           jsonb       not null,
    location        jsonb       not null,
    provider_id     uuid        not null,
    available_until timestamptz not null,
    metadata        jsonb       not null,
    reservas        jsonb       not null,
    reason          text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    latitude        double precision,
    longitude       double precision,
    search          text        not null
);
create index oferta_newest on oferta (created_at, id);
create index oferta_status on oferta (status, available_until, id);
create index oferta_place on oferta (latitude, longitude) where latitude is not null;
create index oferta_provider on oferta (provider_id, created_at, id);

create table entrega (
    id              uuid primary key,
    organization_id uuid        not null,
    version         bigint      not null,
    status          text        not null,
    oferta_id       uuid        not null,
    necessidade_id  uuid        not null,
    volunteer_id    uuid        not null,
    items           jsonb       not null,
    reserva_id      uuid        not null,
    accept_until    timestamptz,
    finish_until    timestamptz,
    steps           jsonb       not null,
    failure         jsonb,
    position        jsonb,
    receiver_id     uuid,
    code_counter    int         not null,
    code_locked     boolean     not null,
    reason          text,
    goods_returned  boolean,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create index entrega_newest on entrega (created_at, id);
create index entrega_status on entrega (status, created_at, id);
create index entrega_volunteer on entrega (volunteer_id, created_at, id);
create index entrega_oferta on entrega (oferta_id);
create index entrega_necessidade on entrega (necessidade_id);

-- One row per event; what it says is read from the event store.
create table auditoria (
    position        bigint primary key,
    organization_id uuid        not null,
    event_id        text        not null,
    type            text        not null,
    revision        text,
    aggregate_type  text        not null,
    aggregate_id    uuid        not null,
    version         bigint      not null,
    timestamp       timestamptz not null,
    user_id         uuid        not null,
    correlation_id  text,
    causation_id    text,
    source          text
);
create index auditoria_aggregate on auditoria (aggregate_type, aggregate_id, position);
create index auditoria_type on auditoria (type, position);
create index auditoria_user on auditoria (user_id, position);
create index auditoria_correlation on auditoria (correlation_id, position);
create index auditoria_time on auditoria (timestamp, position);

-- What became of each rebuild.
create table projection_rebuild (
    id          uuid        not null,
    projection  text        not null,
    state       text        not null,
    processed   bigint      not null,
    total       bigint      not null,
    started_at  timestamptz not null,
    finished_at timestamptz,
    rows        bigint,
    differences bigint,
    error       text,
    primary key (id, projection)
);
create index projection_rebuild_newest on projection_rebuild (projection, started_at);
