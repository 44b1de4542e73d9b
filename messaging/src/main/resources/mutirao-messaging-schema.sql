-- What the messaging library keeps in PostgreSQL. It makes these tables itself unless
-- mutirao.messaging.processed.initialize-schema is false, for applications that migrate their schema themselves.
create table if not exists processed_message (
    consumer_group text        not null,
    message_id     text        not null,
    processed_at   timestamptz not null default now(),
    primary key (consumer_group, message_id)
);

create table if not exists message_dead_letter (
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
create index if not exists message_dead_letter_order on message_dead_letter (first_at, id);
