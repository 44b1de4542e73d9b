-- What the offers of an item are found by: its lines' names without accents and case, one a line.
alter table oferta add column item_keys text not null default '';
update oferta set item_keys = coalesce(
    (select string_agg(lower(regexp_replace(normalize(line ->> 'item', NFD), '[\u0300-\u036f]', '', 'g')), E'\n')
     from jsonb_array_elements(items) as line), '');
alter table oferta alter column item_keys drop default;
create index oferta_items on oferta using gin (string_to_array(item_keys, E'\n'));
