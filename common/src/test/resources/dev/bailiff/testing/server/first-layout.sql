-- A database of the first layout with a history for each schema: Bailiff 0.1.0-SNAPSHOT as of decision 0042, with a few rows.
-- StoredLayoutIT loads it. It stays as it is, whatever later releases do.

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
create index job_active on jobs.job (job_id) where status = 'active';
create index job_cancelling on jobs.job (job_id) where cancel_requested_at is not null and finalized_at is null;
create index job_by_end on jobs.job (finalized_at, job_id) where finalized_at is not null;
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
create index segment_due on jobs.segment (publish_at) where status = 'ready' and publish_at is not null;
create index segment_leased on jobs.segment (job_id, stage_n, segment_n) where status = 'leased';
create index segment_held on jobs.segment (job_id, stage_n, segment_n) where status = 'ready' and publish_at is null;
create index segment_in_flight on jobs.segment (job_id, stage_n)
  where status in ('ready', 'leased') and publish_at is not null;
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

create table jobs.duty_term (
  only_row     boolean     primary key default true check (only_row),
  term         bigint      not null default 0,
  owner        text,
  expires_at   timestamptz not null default now(),
  next_look_at timestamptz not null default now()
) with (fillfactor = 10);
comment on column jobs.duty_term.next_look_at is
  'the next free turn of workers that are cut off from Kafka: they look at the row one after the other';
insert into jobs.duty_term default values;

create table jobs.data_folder (
  only_one      boolean     primary key default true check (only_one),
  id            uuid        not null,
  former_id     uuid,
  arrival       text        not null check (arrival in ('made', 'moved', 'copied', 'restored')),
  path          text        not null,
  identified_at timestamptz not null
);

create table jobs.schema_history (
  installed_rank integer not null constraint schema_history_pk primary key,
  version varchar(50),
  description varchar(200) not null,
  type varchar(20) not null,
  script varchar(1000) not null,
  checksum integer,
  installed_by varchar(100) not null,
  installed_on timestamp not null default now(),
  execution_time integer not null,
  success boolean not null
);
create index schema_history_s_idx on jobs.schema_history (success);
insert into jobs.schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values
  (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"jobs"', null, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (1, '1', 'jobs', 'SQL', 'V1__jobs.sql', 1674966531, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (2, '2', 'duties', 'SQL', 'V2__duties.sql', -1699597590, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (3, '3', 'data folder', 'SQL', 'V3__data_folder.sql', -1127388329, 'bailiff', '2026-11-30 10:00:00', 1, true);

create schema access;

create table access.operator_token (
  token_sha256 bytea       primary key check (length(token_sha256) = 32),
  name         text        not null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz
);

create table access.schema_history (
  installed_rank integer not null constraint schema_history_pk primary key,
  version varchar(50),
  description varchar(200) not null,
  type varchar(20) not null,
  script varchar(1000) not null,
  checksum integer,
  installed_by varchar(100) not null,
  installed_on timestamp not null default now(),
  execution_time integer not null,
  success boolean not null
);
create index schema_history_s_idx on access.schema_history (success);
insert into access.schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values
  (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"access"', null, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (1, '1', 'operator tokens', 'SQL', 'V1__operator_tokens.sql', -794088179, 'bailiff', '2026-11-30 10:00:00', 1, true);

create schema homeserver;

create table homeserver.server (
  only_row boolean primary key default true check (only_row),
  server_name text collate "C" not null,
  software text,
  exported_at bigint
);

create table homeserver.account (
  user_id text collate "C" primary key,
  password_hash text,
  admin boolean not null default false,
  is_guest boolean not null default false,
  user_type text collate "C",
  deactivated boolean not null default false,
  erased boolean not null default false,
  shadow_banned boolean not null default false,
  locked boolean not null default false,
  suspended boolean not null default false,
  approved boolean,
  displayname text collate "C",
  avatar_url text collate "C",
  created_at bigint not null,
  last_seen_at bigint,
  appservice_id text collate "C",
  consent_version text,
  consent_at bigint,
  consent_server_notice_sent text,
  changed_here boolean not null default false
);
create index account_lower_user_id on homeserver.account (lower(user_id) collate "C");
create index account_created_at on homeserver.account (created_at, user_id);
create index account_displayname on homeserver.account
  (left(displayname, 255), (case when char_length(displayname) > 255 then null else user_id end));

do $$
begin
  create extension if not exists pg_trgm with schema public;
  create index account_user_id_trigrams on homeserver.account
    using gin (lower(user_id collate pg_c_utf8) gin_trgm_ops);
  create index account_displayname_trigrams on homeserver.account
    using gin (lower(displayname collate pg_c_utf8) gin_trgm_ops);
exception
  when insufficient_privilege or undefined_file or undefined_object or feature_not_supported then
    raise notice 'pg_trgm is not available: users are searched without an index';
end
$$;

create table homeserver.account_count (
  is_guest boolean not null,
  admin boolean not null,
  deactivated boolean not null,
  locked boolean not null,
  user_type text collate "C",
  accounts bigint not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create table homeserver.threepid (
  medium text collate "C" not null,
  address text collate "C" not null,
  user_id text collate "C" not null,
  added_at bigint not null,
  validated_at bigint not null,
  changed_here boolean not null default false,
  primary key (medium, address)
);
create index threepid_user on homeserver.threepid (user_id);

create table homeserver.external_id (
  auth_provider text collate "C" not null,
  external_id text collate "C" not null,
  user_id text collate "C" not null,
  primary key (auth_provider, external_id)
);
create index external_id_user on homeserver.external_id (user_id);

create table homeserver.device (
  user_id text collate "C" not null,
  device_id text collate "C" not null,
  display_name text,
  last_seen_ip text,
  last_seen_user_agent text,
  last_seen_at bigint,
  hidden boolean not null default false,
  changed_here boolean not null default false,
  primary key (user_id, device_id)
);

create table homeserver.access_token (
  token_sha256 bytea primary key check (length(token_sha256) = 32),
  user_id text collate "C" not null,
  device_id text collate "C",
  valid_until_at bigint,
  puppets_user_id text collate "C",
  changed_here boolean not null default false
);
create index access_token_owner on homeserver.access_token (user_id, device_id);
create index access_token_end on homeserver.access_token (valid_until_at) where valid_until_at is not null;

create table homeserver.connection (
  user_id text collate "C" not null,
  device_id text collate "C",
  ip text collate "C" not null,
  user_agent text collate "C" not null,
  last_seen_at bigint not null,
  constraint connection_key unique nulls not distinct (user_id, device_id, ip)
) with (fillfactor = 80);
create index connection_last_seen on homeserver.connection (user_id, last_seen_at);
create index connection_age on homeserver.connection (last_seen_at);

create table homeserver.pusher (
  user_id text collate "C" not null,
  app_id text collate "C" not null,
  pushkey text collate "C" not null,
  kind text collate "C" not null,
  app_display_name text not null,
  device_display_name text not null,
  profile_tag text not null,
  lang text,
  data json,
  device_id text collate "C",
  enabled boolean,
  primary key (user_id, app_id, pushkey)
);

create table homeserver.account_data (
  user_id text collate "C" not null,
  room_id text collate "C",
  type text collate "C" not null,
  content json not null,
  constraint account_data_key unique nulls not distinct (user_id, room_id, type)
);
create index account_data_room on homeserver.account_data (room_id) where room_id is not null;

create table homeserver.push_rules (
  user_id text collate "C" primary key,
  rules json not null
);

create table homeserver.cross_signing_key (
  user_id text collate "C" not null,
  usage text collate "C" not null,
  key json not null,
  replaceable_until_at bigint,
  primary key (user_id, usage)
);

create table homeserver.e2e_key (
  user_id text collate "C" not null,
  device_id text collate "C" not null,
  kind text collate "C" not null,
  key_sha256 bytea not null,
  key json not null,
  primary key (user_id, device_id, kind, key_sha256)
);

create table homeserver.ratelimit_override (
  user_id text collate "C" primary key,
  messages_per_second bigint,
  burst_count bigint,
  changed_here boolean not null default false
);

create table homeserver.registration_token (
  token text collate "C" primary key,
  uses_allowed bigint,
  pending bigint not null default 0,
  completed bigint not null default 0,
  expiry_at bigint
);

create table homeserver.room (
  room_id text collate "C" primary key,
  room_version text collate "C" not null,
  creator text collate "C",
  public boolean not null default false,
  state_events bigint
);

create table homeserver.room_alias (
  alias text collate "C" primary key,
  room_id text collate "C" not null,
  creator text collate "C",
  changed_here boolean not null default false
);
create index room_alias_room on homeserver.room_alias (room_id);

create table homeserver.current_state (
  room_id text collate "C" not null,
  type text collate "C" not null,
  state_key text collate "C" not null,
  event_id text collate "C" not null,
  changed_here boolean not null default false,
  primary key (room_id, type, state_key)
);

create table homeserver.membership (
  room_id text collate "C" not null,
  user_id text collate "C" not null,
  membership text collate "C" not null,
  event_id text collate "C" not null,
  forgotten boolean not null default false,
  user_server text collate "C" not null
    generated always as (substring(user_id from position(':' in user_id) + 1)) stored,
  changed_here boolean not null default false,
  primary key (room_id, user_id)
) with (fillfactor = 90);
create index membership_user on homeserver.membership (user_id, membership, room_id);
create index membership_present on homeserver.membership (room_id, user_server, user_id) include (membership)
  where membership in ('join', 'invite', 'knock');
create index membership_remembered on homeserver.membership (room_id, user_server) where not forgotten;

create table homeserver.room_summary (
  room_id text collate "C" primary key,
  name text collate "C",
  canonical_alias text collate "C",
  encryption text collate "C",
  join_rules text collate "C",
  guest_access text collate "C",
  history_visibility text collate "C",
  room_type text collate "C",
  federatable boolean not null default true,
  joined_members bigint not null default 0,
  joined_local_members bigint not null default 0,
  state_events bigint not null default 0
);
create index room_summary_name on homeserver.room_summary
  (left(name, 255), (case when char_length(name) > 255 then null else room_id end));
create index room_summary_joined_members on homeserver.room_summary (joined_members, room_id);

create table homeserver.room_change (
  room_id text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create table homeserver.purge_mark (
  room_id text collate "C" primary key,
  planned bigint not null
);

create table homeserver.purged_history (
  room_id text collate "C" primary key,
  below_depth bigint not null
);

create table homeserver.blocked_room (
  room_id text collate "C" primary key,
  user_id text collate "C" not null
);

create sequence homeserver.event_stream_ordering as bigint cache 1;

create table homeserver.event (
  stream_ordering bigint not null,
  depth bigint not null,
  origin_server_ts bigint not null,
  outlier boolean not null default false,
  rejected boolean not null default false,
  soft_failed boolean not null default false,
  room_id text collate "C" not null,
  event_id text collate "C" not null,
  type text collate "C" not null,
  sender text collate "C" not null,
  state_key text collate "C",
  content json not null,
  extra json,
  contains_url boolean not null default false,
  relates_to text collate "C",
  rel_type text collate "C",
  primary key (room_id, stream_ordering),
  constraint event_event_id_key unique (event_id)
) with (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 50000,
  autovacuum_vacuum_insert_scale_factor = 0.02,
  autovacuum_vacuum_insert_threshold = 50000,
  autovacuum_analyze_scale_factor = 0.02,
  autovacuum_vacuum_cost_delay = 0
);
create index event_sender on homeserver.event (sender, room_id, stream_ordering);
create index event_member on homeserver.event (state_key, room_id, stream_ordering) where type = 'm.room.member';
create index event_redaction on homeserver.event (room_id, stream_ordering) include (event_id)
  where type = 'm.room.redaction';
create index event_depth on homeserver.event (room_id, depth, stream_ordering)
  where not outlier or state_key is null;
create index event_time on homeserver.event (room_id, origin_server_ts, stream_ordering)
  where not outlier;
create index event_about_others on homeserver.event (sender, origin_server_ts)
  where type = 'm.room.member' and state_key <> sender;
create index event_contains_url on homeserver.event (room_id, stream_ordering) where contains_url;
create index event_relates_to on homeserver.event (relates_to, rel_type, depth, stream_ordering)
  where relates_to is not null;
create index event_state on homeserver.event (room_id, type, state_key, depth, stream_ordering)
  where state_key is not null and type <> 'm.room.member';

create table homeserver.redaction (
  event_id text collate "C" primary key,
  redacts text collate "C" not null,
  have_censored boolean not null default false,
  recheck boolean not null default false
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index redaction_redacts on homeserver.redaction (redacts);

create table homeserver.receipt (
  room_id text collate "C" not null,
  user_id text collate "C" not null,
  receipt_type text collate "C" not null,
  event_id text collate "C" not null,
  at bigint not null,
  primary key (room_id, user_id, receipt_type, event_id)
);

create table homeserver.local_media (
  media_id text collate "C" primary key,
  user_id text collate "C",
  media_type text collate "C",
  media_length bigint,
  upload_name text collate "C",
  created_at bigint not null,
  last_access_at bigint,
  quarantined_by text collate "C",
  safe_from_quarantine boolean not null default false,
  url_cache text,
  sha256 text collate "C",
  authenticated boolean,
  changed_here boolean not null default false
);
create index local_media_user on homeserver.local_media (user_id, created_at, media_id);
create index local_media_created on homeserver.local_media (created_at, media_id);
create index local_media_last_use on homeserver.local_media ((coalesce(last_access_at, created_at)), media_id)
  where quarantined_by is null and not safe_from_quarantine;
create index local_media_sha256 on homeserver.local_media (sha256) where sha256 is not null;
create index local_media_open on homeserver.local_media (user_id, media_id)
  where quarantined_by is null and not safe_from_quarantine;
create index local_media_use on homeserver.local_media (user_id, created_at) include (media_length);

create table homeserver.local_thumbnail (
  media_id text collate "C" not null,
  width integer not null,
  height integer not null,
  type text collate "C" not null,
  method text collate "C" not null,
  length bigint,
  primary key (media_id, width, height, type, method)
);

create table homeserver.remote_media (
  origin text collate "C" not null,
  media_id text collate "C" not null,
  media_type text collate "C",
  media_length bigint,
  upload_name text collate "C",
  created_at bigint not null,
  last_access_at bigint,
  filesystem_id text collate "C",
  quarantined_by text collate "C",
  sha256 text collate "C",
  authenticated boolean,
  primary key (origin, media_id)
);
create index remote_media_sha256 on homeserver.remote_media (sha256) where sha256 is not null;
create index remote_media_last_use on homeserver.remote_media ((coalesce(last_access_at, created_at)))
  where quarantined_by is null;

create table homeserver.quarantine_change (
  position bigint primary key,
  origin text collate "C" not null,
  media_id text collate "C" not null,
  quarantined boolean not null
);
create index quarantine_change_medium on homeserver.quarantine_change (media_id, origin, position);

create table homeserver.event_report (
  id bigint primary key,
  received_at bigint not null,
  room_id text collate "C" not null,
  event_id text collate "C" not null,
  user_id text collate "C" not null,
  reason text,
  content json
);
create index event_report_room on homeserver.event_report (room_id);
create index event_report_received on homeserver.event_report (received_at, id);

create table homeserver.user_report (
  id bigint primary key,
  received_at bigint not null,
  target_user_id text collate "C" not null,
  user_id text collate "C" not null,
  reason text not null
);
create index user_report_received on homeserver.user_report (received_at, id);

create table homeserver.destination (
  destination text collate "C" primary key,
  retry_last_at bigint,
  retry_interval bigint,
  failure_at bigint,
  last_successful_stream_ordering bigint
);

create table homeserver.destination_room (
  destination text collate "C" not null,
  room_id text collate "C" not null,
  stream_ordering bigint not null,
  primary key (destination, room_id)
);

create table homeserver.import_progress (
  snapshot text primary key,
  line bigint not null,
  events bigint not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);

create table homeserver.removed (
  kind text collate "C" not null,
  id text collate "C" not null,
  removed_at timestamptz not null default clock_timestamp(),
  primary key (kind, id)
);

create or replace function homeserver.count_accounts() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into homeserver.account_count
    select is_guest, admin, deactivated, locked, user_type, count(*)
    from added group by is_guest, admin, deactivated, locked, user_type;
  elsif tg_op = 'DELETE' then
    insert into homeserver.account_count
    select is_guest, admin, deactivated, locked, user_type, -count(*)
    from removed group by is_guest, admin, deactivated, locked, user_type;
  elsif tg_op = 'UPDATE' then
    insert into homeserver.account_count
    select is_guest, admin, deactivated, locked, user_type, sum(change)
    from (select is_guest, admin, deactivated, locked, user_type, 1 as change from added
          union all
          select is_guest, admin, deactivated, locked, user_type, -1 from removed) changed
    group by is_guest, admin, deactivated, locked, user_type
    having sum(change) <> 0;
  else
    delete from homeserver.account_count;
  end if;
  return null;
end $$;

create or replace trigger count_added after insert on homeserver.account
  referencing new table as added for each statement execute function homeserver.count_accounts();
create or replace trigger count_updated after update on homeserver.account
  referencing old table as removed new table as added
  for each statement execute function homeserver.count_accounts();
create or replace trigger count_removed after delete on homeserver.account
  referencing old table as removed for each statement execute function homeserver.count_accounts();
create or replace trigger count_none after truncate on homeserver.account
  for each statement execute function homeserver.count_accounts();

create or replace function homeserver.is_import() returns boolean language sql stable as $$
  select coalesce(current_setting('bailiff.importing', true), '') = 'on'
      or current_setting('application_name') = 'bailiff-import'
$$;

create or replace function homeserver.note_own_change() returns trigger language plpgsql as $$
begin
  if not homeserver.is_import() then
    new.changed_here := true;
  end if;
  return new;
end $$;

create or replace function homeserver.removed_id(text) returns text language sql immutable parallel safe as $$
  select encode(sha256(convert_to($1, 'UTF8')), 'hex')
$$;

create or replace function homeserver.note_own_removal() returns trigger language plpgsql as $$
begin
  if not homeserver.is_import() then
    execute format('insert into homeserver.removed (kind, id) select %L, homeserver.removed_id(%s) from gone where %s '
                   || 'on conflict do nothing', tg_argv[0], tg_argv[1], tg_argv[2]);
  end if;
  return null;
end $$;

create or replace trigger own_change_insert before insert on homeserver.account
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change_update
  before update of password_hash, admin, user_type, deactivated, erased, shadow_banned, locked, suspended, approved,
                   displayname, avatar_url on homeserver.account
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change before insert or update on homeserver.threepid
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change before insert or update on homeserver.room_alias
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change before insert or update on homeserver.membership
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change before insert or update on homeserver.current_state
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change_insert before insert on homeserver.local_media
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change_update before update of quarantined_by, safe_from_quarantine on homeserver.local_media
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change before insert or update on homeserver.ratelimit_override
  for each row execute function homeserver.note_own_change();

create or replace trigger own_change before insert on homeserver.device
  for each row execute function homeserver.note_own_change();
create or replace trigger own_change before insert on homeserver.access_token
  for each row execute function homeserver.note_own_change();

create or replace trigger own_removal after delete on homeserver.room referencing old table as gone
  for each statement execute function homeserver.note_own_removal('room', 'room_id', 'true');
create or replace trigger own_removal after delete on homeserver.room_alias referencing old table as gone
  for each statement execute function homeserver.note_own_removal('room_alias', 'alias', 'true');
create or replace trigger own_removal after delete on homeserver.blocked_room referencing old table as gone
  for each statement execute function homeserver.note_own_removal('blocked_room', 'room_id', 'true');
create or replace trigger own_removal after delete on homeserver.device referencing old table as gone
  for each statement execute function homeserver.note_own_removal('device', $$user_id || ' ' || device_id$$, 'not changed_here');
create or replace trigger own_removal after delete on homeserver.access_token referencing old table as gone
  for each statement execute function homeserver.note_own_removal(
    'access_token', $$encode(token_sha256, 'hex')$$, 'not changed_here');
create or replace trigger own_removal after delete on homeserver.threepid referencing old table as gone
  for each statement execute function homeserver.note_own_removal('threepid', $$medium || ' ' || address$$, 'true');
create or replace trigger own_removal after delete on homeserver.external_id referencing old table as gone
  for each statement execute function homeserver.note_own_removal('external_id', $$auth_provider || ' ' || external_id$$, 'true');
create or replace trigger own_removal after delete on homeserver.pusher referencing old table as gone
  for each statement execute function homeserver.note_own_removal('pusher', $$user_id || ' ' || app_id || ' ' || pushkey$$, 'true');
create or replace trigger own_removal after delete on homeserver.ratelimit_override referencing old table as gone
  for each statement execute function homeserver.note_own_removal('ratelimit_override', 'user_id', 'true');
create or replace trigger own_removal after delete on homeserver.local_media referencing old table as gone
  for each statement execute function homeserver.note_own_removal('local_media', 'media_id', 'true');
create or replace trigger own_removal after delete on homeserver.event_report referencing old table as gone
  for each statement execute function homeserver.note_own_removal('event_report', 'id::text', 'true');

create or replace function homeserver.note_changed_rooms() returns trigger language plpgsql as $$
begin
  insert into homeserver.room_change (room_id) select distinct room_id from changed;
  return null;
end $$;

create or replace trigger note_added after insert on homeserver.membership
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_updated after update on homeserver.membership
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_deleted after delete on homeserver.membership
  referencing old table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_added after insert on homeserver.current_state
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_updated after update on homeserver.current_state
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_deleted after delete on homeserver.current_state
  referencing old table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_added after insert on homeserver.room
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create or replace trigger note_deleted after delete on homeserver.room
  referencing old table as changed for each statement execute function homeserver.note_changed_rooms();

create table homeserver.schema_history (
  installed_rank integer not null constraint schema_history_pk primary key,
  version varchar(50),
  description varchar(200) not null,
  type varchar(20) not null,
  script varchar(1000) not null,
  checksum integer,
  installed_by varchar(100) not null,
  installed_on timestamp not null default now(),
  execution_time integer not null,
  success boolean not null
);
create index schema_history_s_idx on homeserver.schema_history (success);
insert into homeserver.schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values
  (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"homeserver"', null, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (1, '1', 'accounts', 'SQL', 'V1__accounts.sql', 1138016732, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (2, '2', 'rooms', 'SQL', 'V2__rooms.sql', -1194225516, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (3, '3', 'events', 'SQL', 'V3__events.sql', -821915308, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (4, '4', 'media', 'SQL', 'V4__media.sql', 527337600, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (5, '5', 'reports and federation', 'SQL', 'V5__reports_and_federation.sql', -1744221233, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (6, '6', 'imports', 'SQL', 'V6__imports.sql', 364768280, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (7, NULL, 'account counts', 'SQL', 'R__account_counts.sql', -340029154, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (8, NULL, 'own changes', 'SQL', 'R__own_changes.sql', 114967512, 'bailiff', '2026-11-30 10:00:00', 1, true),
  (9, NULL, 'room changes', 'SQL', 'R__room_changes.sql', -1219713922, 'bailiff', '2026-11-30 10:00:00', 1, true);

insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, stage_n, accepted_at, started_at, changed_at)
values ('6d0a3c1e-0001-4000-8000-000000000001', 'deactivate-users', 'active', '{"erase": true}', 'token:admin-token', '@bailiff:chat.example',
        2, 1, '2026-11-30 10:00:00Z', '2026-11-30 10:00:01Z', '2026-11-30 10:00:01Z');
insert into jobs.target (job_id, target_n, target) values
  ('6d0a3c1e-0001-4000-8000-000000000001', 0, '@ada:chat.example'),
  ('6d0a3c1e-0001-4000-8000-000000000001', 1, '@bob:chat.example');
insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total)
values ('6d0a3c1e-0001-4000-8000-000000000001', 1, 'deactivate', 1, 1, 2);
insert into jobs.segment (job_id, stage_n, segment_n, status, publish_at, range, checkpoint, total, done)
values ('6d0a3c1e-0001-4000-8000-000000000001', 1, 0, 'ready', '2026-11-30 10:00:02Z', '0-2', '1', 2, 1);
insert into jobs.claim (resource, job_id) values ('user:@ada:chat.example', '6d0a3c1e-0001-4000-8000-000000000001');
insert into jobs.transition (job_id, from_status, to_status) values ('6d0a3c1e-0001-4000-8000-000000000001', null, 'active');
update jobs.duty_term set term = 3, owner = 'host-1';
insert into jobs.data_folder (id, arrival, path, identified_at)
values ('6d0a3c1e-0002-4000-8000-000000000002', 'made', '/srv/bailiff/data', '2026-11-30 10:00:00Z');

insert into access.operator_token (token_sha256, name) values (sha256('a token'), 'admin-token');

select set_config('bailiff.importing', 'on', true);
insert into homeserver.server (server_name) values ('chat.example');
insert into homeserver.account (user_id, displayname, created_at) values
  ('@ada:chat.example', 'Ada', 1700000000000), ('@bob:chat.example', 'Bob', 1700000000001);
insert into homeserver.device (user_id, device_id) values ('@ada:chat.example', 'PHONE');
insert into homeserver.room (room_id, room_version, creator) values ('!hall:chat.example', '10', '@ada:chat.example');
insert into homeserver.membership (room_id, user_id, membership, event_id) values
  ('!hall:chat.example', '@ada:chat.example', 'join', '$join');
insert into homeserver.event (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content) values
  (nextval('homeserver.event_stream_ordering'), 1, 1700000000002, '!hall:chat.example', '$join', 'm.room.member', '@ada:chat.example',
   '@ada:chat.example', '{"membership":"join"}'),
  (nextval('homeserver.event_stream_ordering'), 2, 1700000000003, '!hall:chat.example', '$hello', 'm.room.message', '@ada:chat.example',
   null, '{"body":"hello \u0000"}');
select set_config('bailiff.importing', 'off', true);
update homeserver.account set locked = true where user_id = '@bob:chat.example';
delete from homeserver.device;
