-- A folder or database that was copied or restored pauses its open jobs at its next start (docs/decisions/0056). The release before
-- ignores both columns: it leases no segment of a paused job, and cancels such a job as any other.

alter table jobs.job add column paused_for text check (paused_for in ('copy'));
comment on column jobs.job.paused_for is
  'why the job is paused, or was when it was cancelled; copy: its folder or database was copied or restored';

-- The folder keeps the same number in a file of its own. The number in the database is never lower, unless the database is an older one.
alter table jobs.data_folder add column mark bigint not null default 0;
