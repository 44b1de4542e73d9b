create table ticket (
    id                 uuid primary key,
    organization_id    uuid        not null,
    version            bigint      not null,
    status             text        not null,
    title              text        not null,
    description        text        not null,
    category           text        not null,
    priority           text        not null,
    creator_id         uuid        not null,
    assignee_id        uuid,
    related            jsonb,
    due_at             timestamptz not null,
    overdue            boolean     not null,
    sla_broken         boolean     not null,
    resolution         text,
    resolution_seconds bigint,
    reopenings         int         not null,
    comments           jsonb       not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    priority_rank      int         not null,
    search             text        not null
);
create index ticket_newest on ticket (created_at, id);
create index ticket_status on ticket (status, created_at, id);
create index ticket_assignee on ticket (assignee_id, created_at, id);
create index ticket_due on ticket (due_at, id);
create index ticket_overdue on ticket (created_at, id) where overdue;
