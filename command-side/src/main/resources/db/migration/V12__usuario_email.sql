-- Whose an e-mail is within an organization: what makes it nobody else's there. A keyed hash, not the e-mail. Written in
-- the transaction of the command that takes it.
create table usuario_email (
    organization_id uuid  not null,
    email_mac       bytea not null,
    usuario_id      uuid  not null,
    primary key (organization_id, email_mac)
);
create index usuario_email_usuario on usuario_email (usuario_id);
