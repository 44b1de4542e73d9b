-- The second version of the audit: when each event happened, beside when it was recorded. What is asked for by user,
-- name or context is walked newest first along `-position`: in that order the planner cannot take the primary key
-- instead, hoping to meet what is wanted soon, and read ten million rows where there is none.
create table auditoria_v2 (like auditoria including defaults);
alter table auditoria_v2 add column occurred_at timestamptz not null;
alter table auditoria_v2 add primary key (position);
create index auditoria_v2_aggregate on auditoria_v2 (aggregate_id, position);
create index auditoria_v2_context on auditoria_v2 (aggregate_type, (-position));
create index auditoria_v2_type on auditoria_v2 (type, (-position));
create index auditoria_v2_user on auditoria_v2 (user_id, (-position));
create index auditoria_v2_user_context on auditoria_v2 (user_id, aggregate_type, (-position));
create index auditoria_v2_user_type on auditoria_v2 (user_id, type, (-position));
create index auditoria_v2_correlation on auditoria_v2 (correlation_id, position);
create index auditoria_v2_late on auditoria_v2 (position, occurred_at)
    where timestamp - occurred_at > interval '1 hour';

-- Which events changed views of other aggregates than their own.
create table auditoria_visao (
    position        bigint primary key,
    organization_id uuid  not null,
    views           jsonb not null
);
create index auditoria_visao_view on auditoria_visao using gin (views jsonb_path_ops);

-- Between which times each stretch of the log was recorded: turns a time into a position.
create table auditoria_trecho (
    number          bigint primary key,
    organization_id uuid        not null,
    earliest        timestamptz not null,
    latest          timestamptz not null
);
