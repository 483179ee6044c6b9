-- An idempotency key is forgotten a day after its request, and need not wait for the end of the job. Keys that are there count from
-- now. The release before stores keys without the time, and they count from then.
alter table jobs.idempotency_key add column stored_at timestamptz not null default now();
-- The pruner reads it.
create index idempotency_key_by_time on jobs.idempotency_key (stored_at);
