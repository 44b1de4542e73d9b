-- The second version of the needs: with whether one is public, and with what those who do not see it whole find it by.
-- Both nullable, so that the first version's table can stand in until this one is built. Every read asks for one
-- organization's rows, so the index that pages are walked along begins with it.
create table necessidade_v2 (like necessidade including defaults);
alter table necessidade_v2 add column publica boolean;
alter table necessidade_v2 add column item_keys text;
alter table necessidade_v2 add primary key (id);
create index necessidade_v2_newest on necessidade_v2 (organization_id, created_at, id);
create index necessidade_v2_status on necessidade_v2 (organization_id, status, created_at, id);
create index necessidade_v2_place on necessidade_v2 (latitude, longitude) where latitude is not null;
create index necessidade_v2_creator on necessidade_v2 (creator_id, created_at, id);

-- What can be told to anybody of needs that have not ended.
create table necessidade_publica (
    id              uuid primary key,
    organization_id uuid        not null,
    status          text        not null,
    category        text        not null,
    items           jsonb       not null,
    latitude        double precision,
    longitude       double precision,
    urgency         text        not null,
    needed_until    timestamptz,
    publica         boolean     not null,
    created_at      timestamptz not null
);
create index necessidade_publica_newest on necessidade_publica (created_at, id) where publica;
create index necessidade_publica_place on necessidade_publica (latitude, longitude) where publica;

-- The pages of the others, which do not change otherwise, are walked within one organization too.
drop index oferta_v2_newest, oferta_v2_status;
create index oferta_v2_newest on oferta_v2 (organization_id, created_at, id);
create index oferta_v2_status on oferta_v2 (organization_id, status, available_until, id);
drop index entrega_newest, entrega_status;
create index entrega_newest on entrega (organization_id, created_at, id);
create index entrega_status on entrega (organization_id, status, created_at, id);
drop index ticket_newest, ticket_status, ticket_due, ticket_overdue;
create index ticket_newest on ticket (organization_id, created_at, id);
create index ticket_status on ticket (organization_id, status, created_at, id);
create index ticket_due on ticket (organization_id, due_at, id);
create index ticket_overdue on ticket (organization_id, created_at, id) where overdue;
create index ticket_creator on ticket (creator_id, created_at, id);

-- So is the audit. Sagas and deadlines are the same users everywhere, so what users did is one organization's too.
drop index auditoria_v2_context, auditoria_v2_type, auditoria_v2_user, auditoria_v2_user_context,
    auditoria_v2_user_type, auditoria_v2_late;
create index auditoria_v2_newest on auditoria_v2 (organization_id, position);
create index auditoria_v2_context on auditoria_v2 (organization_id, aggregate_type, (-position));
create index auditoria_v2_type on auditoria_v2 (organization_id, type, (-position));
create index auditoria_v2_user on auditoria_v2 (organization_id, user_id, (-position));
create index auditoria_v2_user_context on auditoria_v2 (organization_id, user_id, aggregate_type, (-position));
create index auditoria_v2_user_type on auditoria_v2 (organization_id, user_id, type, (-position));
create index auditoria_v2_late on auditoria_v2 (organization_id, position, occurred_at)
    where timestamp - occurred_at > interval '1 hour';
