-- Whoever says nothing acts for the organization that knew them first: being registered in another one changes nothing.
alter table membership add column since timestamptz not null default now();

create or replace view membership_in_force as
    select m.account_id, m.organization_id, m.usuario_id, m.roles, m.since
    from membership m join account a on a.id = m.account_id
    where not a.disabled and not m.disabled and (a.email_proved or a.made_by = m.organization_id);
