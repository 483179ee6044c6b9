-- Quarantine, copies of media of other servers, registration tokens, reports on users, federation (admin-api 5.15 to 5.23,
-- 5.36 to 5.41, 5.47). Only additions: processes of the release before go on beside it.

-- Quarantine goes by content: all with the digest of the one that was named.
create index local_media_sha256 on homeserver.local_media (sha256) where sha256 is not null;
-- What is still to quarantine of a user's media.
create index local_media_open on homeserver.local_media (user_id, media_id)
  where quarantined_by is null and not safe_from_quarantine;
-- How much media each user has, read from this index alone.
create index local_media_use on homeserver.local_media (user_id, created_at) include (media_length);

-- Copies of media of other servers. Bailiff fetches none itself.
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

-- What calls of the API put into quarantine or took out of it, in the order in which they did so: whoever adds rows is alone
-- in it, so that no position appears behind one that was read already.
create table homeserver.quarantine_change (
  position bigint primary key,
  origin text collate "C" not null,
  media_id text collate "C" not null,
  quarantined boolean not null
);
create index quarantine_change_medium on homeserver.quarantine_change (media_id, origin, position);

create table homeserver.registration_token (
  token text collate "C" primary key,
  uses_allowed bigint,
  pending bigint not null default 0,
  completed bigint not null default 0,
  expiry_at bigint
);

-- newest first is how they are read
create index event_report_received on homeserver.event_report (received_at, id);

create table homeserver.user_report (
  id bigint primary key,
  received_at bigint not null,
  target_user_id text collate "C" not null,
  user_id text collate "C" not null,
  reason text not null
);
create index user_report_received on homeserver.user_report (received_at, id);

-- Other servers, and what was last sent to them. Bailiff sends nothing, so these are empty unless somebody fills them.
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
