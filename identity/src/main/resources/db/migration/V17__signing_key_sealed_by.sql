-- Where the key that sealed it was (a host, and a file there or MUTIRAO_KEY), so that a process without that key can say
-- which command hands it over. Null for keys from before.
alter table signing_key add column sealed_by text;
