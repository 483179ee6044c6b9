-- Jobs whose targets a filter finds, in the stage "resolve" before all others.
comment on column jobs.job.filter is 'what the targets are found by, with moments fixed when the job was accepted; null: by a list';
alter table jobs.job add column most_targets integer check (most_targets > 0);
comment on column jobs.job.most_targets is 'how many targets the filter may find; a job that finds more fails';

-- Targets that a homeserver found in no order. When all are found, they become rows of jobs.target, in their order.
create table jobs.found (
  job_id uuid not null references jobs.job on delete cascade,
  target text not null collate "C",
  primary key (job_id, target)
);
