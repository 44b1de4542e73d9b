-- Who may log in. `login` is an e-mail address in lower case, or `admin`; null is nobody's, which stands in for every
-- login there is not. People themselves (name, contact) are events; what must be forgettable or secret is here.
create table account (
    id              uuid primary key,
    login           text unique,
    password_hash   text        not null,
    failed_attempts int         not null default 0,
    locked_until    timestamptz,
    disabled        boolean     not null default false,
    -- Whether whoever has the password has shown to read the mail of `login`. Until then the account acts only for the
    -- organization that made it: others that know somebody by the same address may mean somebody else.
    email_proved    boolean     not null,
    made_by         uuid,
    -- Logins before it are over.
    password_set_at timestamptz not null,
    created_at      timestamptz not null
) with (fillfactor = 70);

-- What somebody is in which organization, and as whom they act there: `usuario_id` is the `sub` of their tokens for it.
create table membership (
    account_id      uuid    not null references account (id) on delete cascade,
    organization_id uuid    not null,
    usuario_id      uuid    not null unique,
    roles           text[]  not null,
    disabled        boolean not null default false,
    primary key (account_id, organization_id)
);

-- What somebody can act as now.
create view membership_in_force as
    select m.account_id, m.organization_id, m.usuario_id, m.roles
    from membership m join account a on a.id = m.account_id
    where not a.disabled and not m.disabled and (a.email_proved or a.made_by = m.organization_id);

-- Links with which a password can be set, once. The token itself is known to nobody but who has the link.
create table password_link (
    token_hash      bytea primary key,
    account_id      uuid        not null references account (id) on delete cascade,
    organization_id uuid,       -- whose administrator got the link to hand over; null for a mailed one
    created_at      timestamptz not null,
    expires_at      timestamptz not null
);
create index password_link_account on password_link (account_id);

-- What tokens are signed with. A key is published from the moment it is here, signs from `signs_from` until the next
-- one does, and is deleted when nothing it signed can be valid. With its private part it is encrypted.
create table signing_key (
    id         text primary key,
    public_key text        not null,
    sealed     bytea       not null,
    signs_from timestamptz not null unique
);

-- Spring Authorization Server's own three, whose names its SQL fixes. Columns that are never used here (device codes)
-- are there because that SQL names them. Token values are stored as SHA-256.
create table oauth2_registered_client (
    id                            text primary key,
    client_id                     text        not null unique,
    client_id_issued_at           timestamptz not null default now(),
    client_secret                 text,
    client_secret_expires_at      timestamptz,
    client_name                   text        not null,
    client_authentication_methods text        not null,
    authorization_grant_types     text        not null,
    redirect_uris                 text,
    post_logout_redirect_uris     text,
    scopes                        text        not null,
    client_settings               text        not null,
    token_settings                text        not null
);

create table oauth2_authorization (
    id                            text primary key,
    registered_client_id          text not null references oauth2_registered_client (id) on delete cascade,
    principal_name                text not null,
    authorization_grant_type      text not null,
    authorized_scopes             text,
    attributes                    text,
    state                         text,
    authorization_code_value      text,
    authorization_code_issued_at  timestamptz,
    authorization_code_expires_at timestamptz,
    authorization_code_metadata   text,
    access_token_value            text,
    access_token_issued_at        timestamptz,
    access_token_expires_at       timestamptz,
    access_token_metadata         text,
    access_token_type             text,
    access_token_scopes           text,
    oidc_id_token_value           text,
    oidc_id_token_issued_at       timestamptz,
    oidc_id_token_expires_at      timestamptz,
    oidc_id_token_metadata        text,
    refresh_token_value           text,
    refresh_token_issued_at       timestamptz,
    refresh_token_expires_at      timestamptz,
    refresh_token_metadata        text,
    user_code_value               text,
    user_code_issued_at           timestamptz,
    user_code_expires_at          timestamptz,
    user_code_metadata            text,
    device_code_value             text,
    device_code_issued_at         timestamptz,
    device_code_expires_at        timestamptz,
    device_code_metadata          text
) with (fillfactor = 70);
create index oauth2_authorization_principal on oauth2_authorization (principal_name);
create index oauth2_authorization_state on oauth2_authorization (state) where state is not null;
create index oauth2_authorization_code on oauth2_authorization (authorization_code_value)
    where authorization_code_value is not null;
create index oauth2_authorization_access on oauth2_authorization (access_token_value)
    where access_token_value is not null;
create index oauth2_authorization_id_token on oauth2_authorization (oidc_id_token_value)
    where oidc_id_token_value is not null;
create index oauth2_authorization_refresh on oauth2_authorization (refresh_token_value)
    where refresh_token_value is not null;

create table oauth2_authorization_consent (
    registered_client_id text not null references oauth2_registered_client (id) on delete cascade,
    principal_name       text not null,
    authorities          text not null,
    primary key (registered_client_id, principal_name)
);

-- Refresh tokens that have been exchanged for the next one. Whoever presents one again has stolen it, or was robbed.
create table refresh_token_used (
    token_hash       text primary key,
    authorization_id text        not null references oauth2_authorization (id) on delete cascade,
    used_at          timestamptz not null
);
create index refresh_token_used_authorization on refresh_token_used (authorization_id);
