-- How fast a job works on a remote homeserver (docs/decisions/0050). The release before ignores both columns: its jobs have no wish,
-- and it shows no speed.

alter table jobs.job add column pace text check (pace in ('fast', 'gentle'));
comment on column jobs.job.pace is 'as asked at submission; null: the homeserver decides';

-- Written with progress_at, at most twice a second and in a statement of its own, so that no batch waits for the stage's row.
alter table jobs.stage add column paced text;
comment on column jobs.stage.paced is 'the last speed on a remote homeserver, for people; null if there is none';
