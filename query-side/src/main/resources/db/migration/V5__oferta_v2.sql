-- The second version of the offers: with what those of an item are found by, its lines' names without accents and case,
-- one a line. Nullable, so that the first version's table can stand in until this one is built.
create table oferta_v2 (like oferta including defaults);
alter table oferta_v2 add column item_keys text;
alter table oferta_v2 add primary key (id);
create index oferta_v2_newest on oferta_v2 (created_at, id);
create index oferta_v2_status on oferta_v2 (status, available_until, id);
create index oferta_v2_place on oferta_v2 (latitude, longitude) where latitude is not null;
create index oferta_v2_provider on oferta_v2 (provider_id, created_at, id);
create index oferta_v2_items on oferta_v2 using gin (string_to_array(item_keys, E'\n'));
