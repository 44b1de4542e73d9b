create table contagem_v2 (id uuid primary key, organization_id uuid not null, events bigint not null, last text);
create index contagem_v2_last on contagem_v2 (last);
