-- Jobs that need the approval of a second person, or may need it once they are counted (docs/decisions/0086). The release before
-- knows neither their stages nor this table, and leaves such jobs alone.
create table jobs.approval (
  job_id        uuid    primary key references jobs.job on delete cascade,
  -- The requester, and the admin who acted through the requester's account.
  asked_by      text[]  not null,
  -- The policy at the acceptance: why the job needs an approval in any case, and the bounds beyond which it does.
  always        text,
  most_accounts integer,
  most_targets  integer,
  most_members  integer,
  target_type   text    not null check (target_type in ('USER', 'ROOM', 'MEDIA')),
  expiry_millis bigint  not null,
  -- The stage that counts first, and the one with which the work begins.
  count_stage   text    not null,
  next_stage    text    not null,
  -- How often an approval was asked for; each time with numbers of its own.
  plans         integer not null default 0,
  why           text,
  counted_at    timestamptz,
  -- The numbers that whoever approved had seen.
  seen          jsonb,
  approved_by   text,
  approved_at   timestamptz,
  rejected_by   text,
  rejected_at   timestamptz,
  rejection     text
);

-- Until when a job waits for its approval. JobSettler reads the index, which has only the jobs that wait.
alter table jobs.job add column approval_until timestamptz;
create index job_awaiting_approval on jobs.job (approval_until) where status = 'awaiting_approval';
