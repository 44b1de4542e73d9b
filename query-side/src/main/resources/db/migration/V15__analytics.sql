create table analytics (
    id              uuid primary key,
    organization_id uuid        not null,
    category        text        not null,
    action          text        not null,
    count           bigint      not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
) with (fillfactor = 50);
create index analytics_newest on analytics (organization_id, created_at, id);
