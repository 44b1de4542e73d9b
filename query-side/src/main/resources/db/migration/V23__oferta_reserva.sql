-- The third version of the offers: without the holds, which have rows of their own. The columns are those of the second
-- but for one, so that its table can stand in until this one is built.
create table oferta_v3 (like oferta_v2 including defaults);
alter table oferta_v3 drop column reservas;
alter table oferta_v3 add primary key (id);
create index oferta_v3_newest on oferta_v3 (organization_id, created_at, id);
create index oferta_v3_status on oferta_v3 (organization_id, status, available_until, id);
create index oferta_v3_place on oferta_v3 (latitude, longitude) where latitude is not null;
create index oferta_v3_provider on oferta_v3 (provider_id, created_at, id);
create index oferta_v3_items on oferta_v3 using gin (string_to_array(item_keys, E'\n'));

-- The holds that are on.
create table oferta_reserva (
    id              text primary key,
    organization_id uuid not null,
    oferta_id       uuid not null,
    reserva_id      uuid not null,
    volunteer_id    uuid not null,
    items           jsonb not null,
    expires_at      timestamptz,
    entrega_id      uuid
);
create index oferta_reserva_oferta on oferta_reserva (oferta_id, expires_at, id);
