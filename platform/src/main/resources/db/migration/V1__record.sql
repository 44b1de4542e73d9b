-- The record. Rows are only ever inserted.
create table domain_event (
    global_index         bigint generated always as identity (increment by 1 cache 1) primary key,
    event_identifier     text        not null unique,
    aggregate_identifier text        not null,
    sequence_number      bigint      not null,
    type                 text        not null,
    time_stamp           timestamptz not null,
    payload_type         text        not null,
    payload_revision     text,
    payload              jsonb       not null,
    meta_data            jsonb       not null,
    constraint domain_event_order unique (aggregate_identifier, sequence_number)
);

create function domain_event_is_the_record() returns trigger language plpgsql as $$
begin
    raise exception 'the event store is the record: events are never changed or deleted';
end $$;
create trigger domain_event_append_only before update or delete on domain_event
    for each row execute function domain_event_is_the_record();
create trigger domain_event_never_truncated before truncate on domain_event
    for each statement execute function domain_event_is_the_record();

-- Snapshots can be thrown away at any time.
create table snapshot_event (
    aggregate_identifier text        not null,
    sequence_number      bigint      not null,
    type                 text        not null,
    event_identifier     text        not null unique,
    time_stamp           timestamptz not null,
    payload_type         text        not null,
    payload_revision     text,
    payload              jsonb       not null,
    meta_data            jsonb       not null,
    primary key (aggregate_identifier, sequence_number, type)
);

-- For people with psql.
create view event_log as
    select global_index as position, time_stamp, payload_type as event, aggregate_identifier, sequence_number as version,
           payload, meta_data
    from domain_event;

-- Answers already given, by key and caller.
create table idempotency (
    caller      uuid        not null,
    key         text        not null,
    body_hash   text        not null,
    answer      jsonb       not null,
    answered_at timestamptz not null default now(),
    primary key (caller, key)
);
create index idempotency_age on idempotency (answered_at);

-- How far each projection, saga and reaction has read.
create table follower (
    name       text primary key,
    version    int         not null default 1,
    position   bigint      not null default 0,
    state      text        not null default 'LIVE',
    detail     text,
    updated_at timestamptz not null default now()
) with (fillfactor = 50);

-- What could not be handled, in the order of each sequence; what came later in it waits behind.
create table dead_letter (
    id              uuid primary key,
    ordinal         bigint generated always as identity,
    source          text        not null,
    sequence        text        not null,
    kind            text        not null,
    type            text        not null,
    position        bigint,
    payload         jsonb,
    metadata        jsonb,
    cause           text,
    attempts        int         not null,
    enqueued_at     timestamptz not null default now(),
    last_attempt_at timestamptz
);
create index dead_letter_sequence on dead_letter (source, sequence, ordinal);
create index dead_letter_newest on dead_letter (ordinal);

create table saga (
    name       text        not null,
    id         uuid        not null,
    state      jsonb       not null,
    position   bigint      not null,
    updated_at timestamptz not null,
    primary key (name, id)
) with (fillfactor = 70);

-- What both sides must know and nobody else.
create table server_secret (
    name  text primary key,
    value bytea not null
);

-- db-scheduler
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
