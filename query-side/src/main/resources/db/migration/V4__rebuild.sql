-- What a rebuild is doing, whether somebody wants it to stop, and how its table differed.
alter table projection_rebuild
    add column phase text not null default 'FOLD',
    add column cancel boolean not null default false,
    alter column differences type jsonb using
        case when differences is not null then jsonb_build_object(
            'total', differences, 'missing', 0, 'extra', 0, 'different', 0, 'columns', '{}'::jsonb, 'sample', '[]'::jsonb)
        end;

-- Up to where the table goes that served before the last rebuild.
create table projection_kept (
    name     text primary key,
    position bigint not null
);
