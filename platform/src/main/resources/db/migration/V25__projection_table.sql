-- What each projection's table was declared as when it was made. The tables themselves need no migration from here on.
create table projection_table (
    name        text primary key,
    declaration text        not null,
    made_at     timestamptz not null default now()
);
