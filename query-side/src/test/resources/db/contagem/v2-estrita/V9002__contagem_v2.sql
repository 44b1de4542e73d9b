create table contagem_v2 (id uuid primary key, organization_id uuid not null, events bigint not null, last text not null);
