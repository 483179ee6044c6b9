-- Deletion of media, and the list of tasks. Only additions: processes of the release before go on beside it.

-- What a selection by time and size walks: never quarantined or protected, in the order of last use.
create index local_media_last_use on homeserver.local_media ((coalesce(last_access_at, created_at)), media_id)
  where quarantined_by is null and not safe_from_quarantine;

-- Media that were meant when the job was accepted (delete-media with a page of a user's media).
create table jobs.target_media (
  job_id   uuid    not null references jobs.job on delete cascade,
  target_n integer not null,
  media_id text    not null collate "C",
  primary key (job_id, target_n, media_id)
);

-- Tasks, oldest first: by when they are due while they wait for that, else by their last change.
create index job_by_task_time on jobs.job
  ((coalesce(case when status = 'scheduled' then run_at end, changed_at)), job_id);
