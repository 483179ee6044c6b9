-- The schema jobs: which jobs were accepted, how far each of them is, and who works on it. No key and no join crosses to another
-- schema, as the jobs are here with every homeserver.
--
-- Each batch writes only columns of jobs.segment that no index holds (lease_expires_at, checkpoint, counters, attempts), so that
-- these updates stay heap-only (HOT). For this reason the partial index of leased segments finds the expired leases: it has as many
-- rows as there are slots. An index on lease_expires_at would cost each batch an index entry.

create table jobs.job (
  job_id              uuid        primary key,
  kind                text        not null,
  status              text        not null check (status in
                        ('scheduled', 'active', 'paused', 'awaiting_approval', 'completed', 'failed', 'cancelled')),
  parameters          jsonb       not null,
  requester           text        not null,
  acting_user         text        not null,
  reason              text,
  target_count        integer     not null check (target_count >= 0),
  stage_n             smallint    not null default 0,
  accepted_at         timestamptz not null default now(),
  run_at              timestamptz,
  started_at          timestamptz,
  cancel_requested_at timestamptz,
  finalized_at        timestamptz,
  changed_at          timestamptz not null default now(),
  error_status        smallint,
  error_code          text,
  error_text          text,
  check ((finalized_at is not null) = (status in ('completed', 'failed', 'cancelled'))),
  check (status <> 'failed' or error_text is not null)
) with (fillfactor = 80);
create index job_by_acceptance on jobs.job (accepted_at desc, job_id desc);
create index job_by_kind on jobs.job (kind, accepted_at desc, job_id desc);
create index job_by_status on jobs.job (status, accepted_at desc, job_id desc);
create index job_by_requester on jobs.job (requester, accepted_at desc, job_id desc);
-- JobSettler reads it: as many rows as jobs are at work. A job that waits for its first lease is not among them.
create index job_active on jobs.job (job_id) where status = 'active';
create index job_cancelling on jobs.job (job_id) where cancel_requested_at is not null and finalized_at is null;
-- JobPruner reads it, and reads on behind a job that it could not prune.
create index job_by_end on jobs.job (finalized_at, job_id) where finalized_at is not null;
-- The list of tasks, oldest first: by the time at which a scheduled job is due, and by the last change of any other.
create index job_by_task_time on jobs.job
  ((coalesce(case when status = 'scheduled' then run_at end, changed_at)), job_id);

create table jobs.target (
  job_id       uuid    not null references jobs.job on delete cascade,
  target_n     integer not null,
  target       text    not null collate "C",
  failed       boolean not null default false,
  error_status smallint,
  error_code   text,
  error_text   text,
  verdict      text    check (verdict in ('gone', 'left-over')),
  left_over    text[],
  facts        jsonb   not null default '{}',
  primary key (job_id, target_n),
  unique (target, job_id)
);

-- The meaning of a job's targets, as lists of items beside each target. The kind of a job names its lists. Examples: the rooms of a
-- user when a redaction was accepted, the media of a page of a user's media, the avatars that a deletion of media keeps.
create table jobs.target_item (
  job_id   uuid    not null references jobs.job on delete cascade,
  target_n integer not null,
  list     text    not null collate "C",
  item     text    not null collate "C",
  primary key (job_id, target_n, list, item)
);

create table jobs.stage (
  job_id        uuid     not null references jobs.job on delete cascade,
  stage_n       smallint not null,
  name          text     not null,
  segments      integer  not null default 0,
  open_segments integer  not null default 0 check (open_segments >= 0),
  total         bigint   not null default 0,
  done          bigint   not null default 0,
  failed        bigint   not null default 0,
  skipped       bigint   not null default 0,
  opened_at     timestamptz not null default now(),
  closed_at     timestamptz,
  progress_at   timestamptz not null default now(),
  primary key (job_id, stage_n)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);

-- The columns through_… name the delivered command through which the lease was taken (docs/decisions/0035). The worker to which that
-- command is delivered later takes over the segments that the former owner held. One of them may be the first segment of a stage
-- that the former owner opened, and no command of its own points to that segment.
create table jobs.segment (
  job_id           uuid     not null references jobs.job on delete cascade,
  stage_n          smallint not null,
  segment_n        integer  not null,
  status           text     not null check (status in ('ready', 'leased', 'done', 'failed', 'cancelled')),
  express          boolean  not null default false,
  epoch            integer  not null default 0,
  attempts         integer  not null default 0,
  publications     integer  not null default 0,
  publish_at       timestamptz,
  ready_at         timestamptz not null default now(),
  lease_owner      text,
  lease_expires_at timestamptz,
  range            text,
  checkpoint       text,
  total            bigint   not null default 0,
  done             bigint   not null default 0,
  failed           bigint   not null default 0,
  skipped          bigint   not null default 0,
  last_error       text,
  finalized_at     timestamptz,
  through_stage    smallint,
  through_segment  integer,
  through_epoch    integer,
  through_delivery integer,
  through_lease    integer,
  homeserver_waits integer  not null default 0,
  primary key (job_id, stage_n, segment_n),
  check ((status = 'leased') = (lease_owner is not null)),
  check ((status = 'leased') = (lease_expires_at is not null)),
  check ((finalized_at is not null) = (status in ('done', 'failed', 'cancelled')))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
comment on column jobs.segment.range is 'what to work; null while the segment still plans its stage';
comment on column jobs.segment.publish_at is 'when its command is due (again); null while outside the window of its job';
comment on column jobs.segment.publications is 'how often its command was published since it became ready';
comment on column jobs.segment.through_stage is
  'stage of the command through which the lease was taken; through_segment and through_epoch are of the same command';
comment on column jobs.segment.through_delivery is 'how often that command had been delivered, 1-based';
comment on column jobs.segment.through_lease is 'epoch of the lease to which these columns belong; they mean nothing for another epoch';
comment on column jobs.segment.homeserver_waits is 'how often in a row the homeserver was away; a committed batch clears it';
-- CommandRepublisher reads it.
create index segment_due on jobs.segment (publish_at) where status = 'ready' and publish_at is not null;
-- SegmentRescuer reads it: as many rows as there are slots.
create index segment_leased on jobs.segment (job_id, stage_n, segment_n) where status = 'leased';
-- These two release the next segment of the window, and count the segments that are in flight.
create index segment_held on jobs.segment (job_id, stage_n, segment_n) where status = 'ready' and publish_at is null;
create index segment_in_flight on jobs.segment (job_id, stage_n)
  where status in ('ready', 'leased') and publish_at is not null;
-- Segments that wait for the homeserver: the wait grows with homeserver_waits, and the job shows it. Batches of a homeserver that
-- answers leave homeserver_waits at zero. So their updates stay heap-only, and this index stays empty.
create index segment_waiting on jobs.segment (job_id) where homeserver_waits > 0 and status in ('ready', 'leased');

create table jobs.claim (
  resource   text        primary key collate "C",
  job_id     uuid        not null references jobs.job on delete cascade,
  claimed_at timestamptz not null default now()
);
create index claim_by_job on jobs.claim (job_id);

create table jobs.failure (
  job_id     uuid     not null references jobs.job on delete cascade,
  failure_id bigint   generated always as identity,
  stage_n    smallint not null,
  segment_n  integer  not null,
  target_n   integer  not null,
  item       text     not null,
  code       text     not null,
  text       text     not null,
  attempt    integer  not null,
  failed_at  timestamptz not null default now(),
  primary key (job_id, failure_id)
);

create table jobs.reply_item (
  job_id   uuid    not null references jobs.job on delete cascade,
  target_n integer not null,
  list     text    not null,
  item     text    not null collate "C",
  primary key (job_id, target_n, list, item)
);

-- Each change of a job's status. The table is the outbox of the events as well: sent_at is null until Kafka has acknowledged the event.
create table jobs.transition (
  transition_id bigint      generated always as identity primary key,
  job_id        uuid        not null references jobs.job on delete cascade,
  from_status   text,
  to_status     text        not null,
  changed_at    timestamptz not null default now(),
  sent_at       timestamptz
);
create index transition_by_job on jobs.transition (job_id);
create index transition_unsent on jobs.transition (transition_id) where sent_at is null;

create table jobs.idempotency_key (
  requester      text        not null,
  key            text        not null,
  request_sha256 bytea       not null,
  job_id         uuid        not null references jobs.job on delete cascade,
  primary key (requester, key)
);
create index idempotency_key_by_job on jobs.idempotency_key (job_id);
