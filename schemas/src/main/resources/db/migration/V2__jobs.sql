-- Jobs: what was accepted, how far it is, who works on it. No key or join crosses to the schema homeserver.
--
-- Written on with every batch: only columns of jobs.segment that no index holds (lease_expires_at, checkpoint, counters,
-- attempts), so that those updates stay heap-only (HOT). That is why expired leases are found through the partial index of
-- leased segments (as many rows as there are slots) and not by an index on lease_expires_at.

create schema jobs;

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
-- JobSettler: as many rows as jobs are at work; those that wait for their first lease are not among them.
create index job_active on jobs.job (job_id) where status = 'active';
create index job_cancelling on jobs.job (job_id) where cancel_requested_at is not null and finalized_at is null;
-- JobPruner
create index job_by_end on jobs.job (finalized_at) where finalized_at is not null;

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

-- Rooms that were meant when the job was accepted (redact-events with an empty list of rooms).
create table jobs.target_room (
  job_id   uuid    not null references jobs.job on delete cascade,
  target_n integer not null,
  room_id  text    not null collate "C",
  primary key (job_id, target_n, room_id)
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
  primary key (job_id, stage_n, segment_n),
  check ((status = 'leased') = (lease_owner is not null)),
  check ((status = 'leased') = (lease_expires_at is not null)),
  check ((finalized_at is not null) = (status in ('done', 'failed', 'cancelled')))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
comment on column jobs.segment.range is 'what to work; null while the segment still plans its stage';
comment on column jobs.segment.publish_at is 'when its command is due (again); null while outside the window of its job';
comment on column jobs.segment.publications is 'how often its command was published since it became ready';
-- CommandRepublisher
create index segment_due on jobs.segment (publish_at) where status = 'ready' and publish_at is not null;
-- SegmentRescuer: as many rows as slots
create index segment_leased on jobs.segment (job_id, stage_n, segment_n) where status = 'leased';
-- Releasing the next of the window, and counting what is in flight
create index segment_held on jobs.segment (job_id, stage_n, segment_n) where status = 'ready' and publish_at is null;
create index segment_in_flight on jobs.segment (job_id, stage_n)
  where status in ('ready', 'leased') and publish_at is not null;

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

-- Each change of a job's status, and the outbox of its events: sent_at is null until Kafka has acknowledged it.
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

-- Tokens of Bailiff's own, tied to no account of the homeserver.
create table jobs.operator_token (
  token_sha256 bytea       primary key check (length(token_sha256) = 32),
  name         text        not null,
  created_at   timestamptz not null default now()
);
