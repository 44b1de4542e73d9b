-- On Axon Server, which commits by itself: the aggregate whose event tells whether an answer came true. Null where the
-- answer stands: always with PostgreSQL, where it is part of the events' own transaction.
alter table idempotency add column stream text;
