-- The messaging library's own two tables: what has been handled, and what could not be.
create table processed_message (
    consumer_group text        not null,
    message_id     text        not null,
    processed_at   timestamptz not null default now(),
    primary key (consumer_group, message_id)
);

create table message_dead_letter (
    id             uuid primary key,
    consumer_group text        not null,
    topic          text        not null,
    message_id     text        not null,
    name           text        not null,
    message_key    text,
    body           bytea       not null,
    time           timestamptz not null,
    source         text        not null,
    correlation_id text,
    extensions     jsonb       not null,
    cause          text        not null,
    exception      text,
    stack_hash     text,
    attempts       int         not null,
    first_at       timestamptz not null,
    last_at        timestamptz not null
);
create index message_dead_letter_order on message_dead_letter (first_at, id);
