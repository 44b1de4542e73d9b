-- What has been kept long enough is found by its age.
create index saga_age on saga (updated_at, name, id);
create index processed_message_age on processed_message (processed_at);
