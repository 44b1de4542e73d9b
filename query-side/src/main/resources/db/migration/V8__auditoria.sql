-- When each event happened, beside when it was recorded; the rebuild of the raised version writes what the events say.
select set_config(name, '0', true) from pg_settings where name in ('transaction_timeout', 'statement_timeout');
alter table auditoria add column occurred_at timestamptz;
update auditoria set occurred_at = timestamp;

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
drop index auditoria_time;

-- What is asked for by user, name or context is walked newest first along `-position`: in that order the planner cannot
-- take the primary key instead, hoping to meet what is wanted soon, and read ten million rows where there is none.
drop index auditoria_aggregate;
drop index auditoria_type;
drop index auditoria_user;
create index auditoria_aggregate on auditoria (aggregate_id, position);
create index auditoria_context on auditoria (aggregate_type, (-position));
create index auditoria_type on auditoria (type, (-position));
create index auditoria_user on auditoria (user_id, (-position));
create index auditoria_user_context on auditoria (user_id, aggregate_type, (-position));
create index auditoria_user_type on auditoria (user_id, type, (-position));
create index auditoria_late on auditoria (position, occurred_at) where timestamp - occurred_at > interval '1 hour';
