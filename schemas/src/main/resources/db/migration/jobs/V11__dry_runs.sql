-- What a dry run found out, and what its verdicts may say. The release before runs no dry runs and ignores all of it.

-- What a dry run counted, summed up batch by batch.
create table jobs.plan_number (
  job_id uuid   not null references jobs.job on delete cascade,
  name   text   not null collate "C",
  -- Null where the homeserver cannot tell: a sum with a part that nobody knows is not known either.
  value  bigint,
  primary key (job_id, name)
) with (fillfactor = 50);

-- Targets of a dry run on which its run would do nothing.
create table jobs.left_out (
  job_id   uuid    not null references jobs.job on delete cascade,
  target_n integer not null,
  reason   text    not null,
  primary key (job_id, target_n)
);

-- A verification may find what somebody else has changed since. All rows that are there meet the constraint.
alter table jobs.target drop constraint target_verdict_check;
alter table jobs.target add constraint target_verdict_check
  check (verdict in ('gone', 'left-over', 'changed-since', 'unknown')) not valid;

-- What a verification finds left over is worked once more before the job ends.
alter table jobs.job add column second_try boolean not null default false;
comment on column jobs.job.second_try is 'whether the stages are those of the second try, which works targets that are left over';
