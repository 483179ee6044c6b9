-- The own store of a homeserver: what spec "snapshot format" carries, and nothing more.
--
-- Ids and whatever is sorted or compared byte by byte have the collation "C": the API sorts by code point, and such indexes do
-- not depend on the operating system's locale files. Times are bigint milliseconds since the Unix epoch, as in the format and
-- in the API. Foreign JSON is of type json, not jsonb: it must come back as it was, with every escape (\u0000, lone
-- surrogates) that clients send and that jsonb refuses. There are no foreign keys: references may point to what is not here (remote users,
-- purged events), and set-based deletions would pay for them row by row. Nothing refers to the schema jobs.

create schema homeserver;

-- One row: whose data this is. Set once, by the first import or by hand.
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
  consent_server_notice_sent text
);
-- login matches without regard to letter case
create index account_lower_user_id on homeserver.account (lower(user_id) collate "C");

create table homeserver.threepid (
  medium text collate "C" not null,
  address text collate "C" not null,
  user_id text collate "C" not null,
  added_at bigint not null,
  validated_at bigint not null,
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
  primary key (user_id, device_id)
);

-- Tokens exist only as SHA-256. A token acts as puppets_user_id where that is set, else as its owner; it belongs to the owner.
create table homeserver.access_token (
  token_sha256 bytea primary key check (length(token_sha256) = 32),
  user_id text collate "C" not null,
  device_id text collate "C",
  valid_until_at bigint,
  puppets_user_id text collate "C"
);
create index access_token_owner on homeserver.access_token (user_id, device_id);

-- Feeds whois and "last seen"; refreshed at most once in two minutes.
create table homeserver.connection (
  user_id text collate "C" not null,
  device_id text collate "C",
  ip text collate "C" not null,
  user_agent text collate "C" not null,
  last_seen_at bigint not null,
  constraint connection_key unique nulls not distinct (user_id, device_id, ip, user_agent)
) with (fillfactor = 80);
create index connection_last_seen on homeserver.connection (user_id, last_seen_at);

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

-- room_id is null for global account data
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
  primary key (user_id, usage)
);

-- Device keys, one-time keys, fallback keys and key backups. A device has many one-time keys, and the format names none of
-- them: the hash of the key's text tells them apart, so that a second import finds the same rows.
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
  burst_count bigint
);

-- Every batch that writes into a room holds its row "for key share"; the last batch of a purge takes it "for update".
create table homeserver.room (
  room_id text collate "C" primary key,
  room_version text collate "C" not null,
  creator text collate "C",
  public boolean not null default false,
  -- number of state events when the current state was dropped with the last local member; null while there is a current state
  state_events bigint
);

create table homeserver.room_alias (
  alias text collate "C" primary key,
  room_id text collate "C" not null,
  creator text collate "C"
);
create index room_alias_room on homeserver.room_alias (room_id);

-- docs/decisions/0002-event-storage.md says why this is one table, why JSON is in the row, and why these indexes.
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
  -- null for events that are no state
  state_key text collate "C",
  content json not null,
  -- the remaining top-level keys: unsigned, hashes, signatures, auth_events, prev_events, redacts before room version 11
  extra json,
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
-- a user's membership events, whoever sent them: pruned when an erased user leaves
create index event_member on homeserver.event (state_key, room_id, stream_ordering) where type = 'm.room.member';
-- the few redactions of a room: a purge deletes their rows too, and need not look at every event for them
create index event_redaction on homeserver.event (room_id, stream_ordering) include (event_id)
  where type = 'm.room.redaction';

-- The rows of a room vanish when the last joined local user leaves it; its events and memberships stay.
create table homeserver.current_state (
  room_id text collate "C" not null,
  type text collate "C" not null,
  state_key text collate "C" not null,
  event_id text collate "C" not null,
  primary key (room_id, type, state_key)
);

-- The current membership of each user in each room. user_server tells local users from remote ones within an index: a room may
-- have a million remote members and three local ones.
create table homeserver.membership (
  room_id text collate "C" not null,
  user_id text collate "C" not null,
  membership text collate "C" not null,
  event_id text collate "C" not null,
  forgotten boolean not null default false,
  user_server text collate "C" not null
    generated always as (substring(user_id from position(':' in user_id) + 1)) stored,
  primary key (room_id, user_id)
) with (fillfactor = 90);
create index membership_user on homeserver.membership (user_id, membership, room_id);
create index membership_present on homeserver.membership (room_id, user_server, user_id) include (membership)
  where membership in ('join', 'invite', 'knock');
create index membership_remembered on homeserver.membership (room_id, user_server) where not forgotten;

-- A row for each redaction; an event is redacted if a row has it in redacts.
create table homeserver.redaction (
  event_id text collate "C" primary key,
  redacts text collate "C" not null,
  have_censored boolean not null default false
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

-- Of a room that is or was purged: the last arrival when the purge was planned. What comes later is behind it. Stays when the
-- room is gone: verification looks behind it.
create table homeserver.purge_mark (
  room_id text collate "C" primary key,
  planned bigint not null
);

-- user_id is the first who blocked it. The room need not exist; the row outlives a purge.
create table homeserver.blocked_room (
  room_id text collate "C" primary key,
  user_id text collate "C" not null
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
  authenticated boolean
);
create index local_media_user on homeserver.local_media (user_id, created_at, media_id);
create index local_media_created on homeserver.local_media (created_at, media_id);

create table homeserver.local_thumbnail (
  media_id text collate "C" not null,
  width integer not null,
  height integer not null,
  type text collate "C" not null,
  method text collate "C" not null,
  length bigint,
  primary key (media_id, width, height, type, method)
);

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

-- How far the import of a snapshot is. Committed with the rows of each batch, so that an import that died goes on behind them.
create table homeserver.import_progress (
  snapshot text primary key,
  line bigint not null,
  events bigint not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
