-- Media of this server, copies of media of other servers, and quarantine (admin-api 5.15 to 5.23, 5.36 to 5.41).

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
-- A selection by time and size walks it: media that are neither quarantined nor protected, in the order of last use.
create index local_media_last_use on homeserver.local_media ((coalesce(last_access_at, created_at)), media_id)
  where quarantined_by is null and not safe_from_quarantine;
-- Quarantine goes by content: it covers all media with the digest of the one that was named.
create index local_media_sha256 on homeserver.local_media (sha256) where sha256 is not null;
-- Those of a user's media that are still to be quarantined.
create index local_media_open on homeserver.local_media (user_id, media_id)
  where quarantined_by is null and not safe_from_quarantine;
-- How much media each user has, read from this index alone.
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

-- The media that calls of the API put into quarantine or took out of it, in the order of these calls. A writer adds its rows under a lock,
-- so no position appears behind a position that was read already.
create table homeserver.quarantine_change (
  position bigint primary key,
  origin text collate "C" not null,
  media_id text collate "C" not null,
  quarantined boolean not null
);
create index quarantine_change_medium on homeserver.quarantine_change (media_id, origin, position);
