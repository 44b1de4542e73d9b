create table contagem (id uuid primary key, organization_id uuid not null, events bigint not null);
