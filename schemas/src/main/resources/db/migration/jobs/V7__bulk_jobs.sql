-- What a submission can say of a job beside its kind, parameters and targets, and what its targets come from.
alter table jobs.job
  add column reference           text,
  add column priority            smallint not null default 3 check (priority between 1 and 5),
  add column max_rate            integer check (max_rate > 0),
  add column stop_after_failures integer check (stop_after_failures > 0),
  add column dry_run             boolean not null default false,
  add column filter              jsonb,
  add column retry_of            uuid,
  add column plan_job_id         uuid;
comment on column jobs.job.priority is '1 to 5; 5 goes first';
comment on column jobs.job.max_rate is 'items a second at most; null: no bound';
comment on column jobs.job.stop_after_failures is 'the job stops when so many items have failed; null: it goes on';
comment on column jobs.job.filter is 'as the client gave it; the targets are what it found';
comment on column jobs.job.retry_of is 'the job whose failed items and open targets this job works once more; it may have been pruned';
comment on column jobs.job.plan_job_id is 'the dry run whose targets this job works; it may have been pruned';
create index job_by_retry_of on jobs.job (retry_of, accepted_at desc, job_id desc) where retry_of is not null;
create index job_by_plan on jobs.job (plan_job_id, accepted_at desc, job_id desc) where plan_job_id is not null;

-- The jobs of which a segment waits to be published. Segments of a kind are published a few at a time, so that a job that comes later
-- does not have to wait behind all segments of those before it: when a place is free, the next segment is one of the highest
-- priority, of the requester with the fewest segments in flight, of that requester's oldest job (docs/decisions/0060).
create table jobs.queue (
  job_id      uuid        primary key references jobs.job on delete cascade,
  kind        text        not null,
  -- 0 for the highest priority, so that one index has all parts in ascending order.
  rank        smallint    not null,
  requester   text        not null collate "C",
  accepted_at timestamptz not null,
  -- How many segments of the job may be in flight; null: as many as there is room for.
  most        integer
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
create index queue_in_order on jobs.queue (kind, rank, requester, accepted_at, job_id);
insert into jobs.queue (job_id, kind, rank, requester, accepted_at)
select j.job_id, j.kind, 2, j.requester, j.accepted_at from jobs.job j
 where j.finalized_at is null
   and exists (select from jobs.segment s where s.job_id = j.job_id and s.status = 'ready' and s.publish_at is null);
-- First segments of stages whose commands wait for a worker.
create index segment_express on jobs.segment (job_id) where status = 'ready' and express and publish_at is not null;

-- When the next batch of a job with a bound on its rate may begin.
create table jobs.rate (
  job_id  uuid        primary key references jobs.job on delete cascade,
  next_at timestamptz not null
) with (fillfactor = 50);

-- A retry asks which targets had failures.
create index failure_by_target on jobs.failure (job_id, target_n);

-- An ended job that somebody deleted is not shown any more; the pruner deletes its rows, which may be many.
alter table jobs.job add column discarded_at timestamptz check (discarded_at is null or finalized_at is not null);
create index job_discarded on jobs.job (job_id) where discarded_at is not null;
