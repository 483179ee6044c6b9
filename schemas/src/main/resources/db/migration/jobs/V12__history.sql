-- Lists of jobs by a status together with who asked or with a kind. Each has its index in the order of the list, so that a page costs
-- the same whatever the history holds (JobConditions).
create index job_by_requester_and_status on jobs.job (requester, status, accepted_at desc, job_id desc);
create index job_by_kind_and_status on jobs.job (kind, status, accepted_at desc, job_id desc);

-- The list of all jobs, and no list of some: with a kind, say, the planner would leave out the jobs of other kinds, one by one (JobConditions).
create index job_by_acceptance_shown on jobs.job (accepted_at desc, job_id desc) where discarded_at is null;
drop index jobs.job_by_acceptance;

-- JobPruner reads it for each status, as each has its own retention time.
create index job_by_status_and_end on jobs.job (status, finalized_at, job_id) where finalized_at is not null;
drop index jobs.job_by_end;

-- Targets of a job by their verdict. Most are gone, and a list of those needs no index.
create index target_by_verdict on jobs.target (job_id, verdict, target_n) where verdict <> 'gone';

-- The workers, for people: no lease and no duty depends on this table (docs/decisions/0071). A worker writes its row when it starts, while
-- it works, and once an hour; the leader of the duties notes which workers Kafka knows. What a worker has in hand is in jobs.segment.
create table jobs.worker (
  worker           text             primary key collate "C",
  release          text,
  slots            jsonb            not null,
  started_at       timestamptz      not null,
  seen_at          timestamptz      not null default now(),
  items_per_second double precision not null default 0 check (items_per_second >= 0)
) with (fillfactor = 50);
comment on column jobs.worker.release is 'null: not packaged';
comment on column jobs.worker.slots is 'how many segments it works at a time, by kind, and express';
