-- The schema homeserver: the own store of a homeserver. It has what the snapshot format carries, and nothing more. It exists only where
-- Bailiff keeps the homeserver's data itself. Nothing here refers to another schema.
--
-- Ids, and every text that is sorted or compared byte by byte, have the collation "C": the API sorts by code point, and these indexes
-- do not depend on the operating system's locale files. Times are bigint milliseconds since the Unix epoch, as in the format and in
-- the API. Foreign JSON has the type json and not jsonb: it must be returned as it was received, with every escape (\u0000, lone
-- surrogates) that clients send and that jsonb refuses. There are no foreign keys: a reference may point to a row that is not here (a
-- remote user, a purged event), and set-based deletions would pay for the keys row by row.
--
-- The columns changed_here say that Bailiff changed the row since it was imported (docs/decisions/0038). Triggers set them: see
-- R__own_changes.sql.

-- One row: the server whose data this is. It is set once, by the first import or by hand.
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
-- Login finds an account in any letter case.
create index account_lower_user_id on homeserver.account (lower(user_id) collate "C");
-- The orders by which people look at users: newest first, and by name. The other orders have few different values or need other
-- tables, so a page in one of them reads all accounts.
create index account_created_at on homeserver.account (created_at, user_id);
-- A row of an index holds 2,704 bytes, and a display name of a snapshot may be longer. So the index holds the beginning of the name, and
-- the id unless the name goes on. Its order is the exact one, except among names that have the same beginning and go on. A list
-- sorts those itself (common: LongTextOrder).
create index account_displayname on homeserver.account
  (left(displayname, 255), (case when char_length(displayname) > 255 then null else user_id end));

-- Substrings of names, in any letter case, among a million accounts (admin-api 4.3). Trigrams are an extension, and an administrator of
-- the database may not permit it. Without the extension the same statements read every account: that takes seconds instead of
-- milliseconds.
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

-- How many accounts there are of each sort that a list can ask for, so that the total of a page costs the same with a million accounts as
-- with ten. Each change of accounts adds rows with the difference, in its own transaction (R__account_counts.sql). So the sum is
-- always exact, and nobody waits for anybody, as they would at one row that is counted up and down. Readers fold the rows together.
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

-- Tokens exist only as SHA-256. A token belongs to its owner. It acts as puppets_user_id where that is set, and else as its owner.
create table homeserver.access_token (
  token_sha256 bytea primary key check (length(token_sha256) = 32),
  user_id text collate "C" not null,
  device_id text collate "C",
  valid_until_at bigint,
  puppets_user_id text collate "C",
  changed_here boolean not null default false
);
create index access_token_owner on homeserver.access_token (user_id, device_id);
-- Tokens that ran out are deleted, oldest first.
create index access_token_end on homeserver.access_token (valid_until_at) where valid_until_at is not null;

-- One row for each user, device and address, with the newest user agent (admin-api 1.2, 4.5). whois and "last seen" read it. A row is
-- written at most once in two minutes. The user agent is not part of the key: a client chooses it, and so anybody with a token could
-- add a row with each request.
create table homeserver.connection (
  user_id text collate "C" not null,
  device_id text collate "C",
  ip text collate "C" not null,
  user_agent text collate "C" not null,
  last_seen_at bigint not null,
  constraint connection_key unique nulls not distinct (user_id, device_id, ip)
) with (fillfactor = 80);
create index connection_last_seen on homeserver.connection (user_id, last_seen_at);
-- Rows that are too old to be shown are deleted, oldest first.
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

-- room_id is null for global account data.
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
  -- Until when the key may be replaced without the user's password (admin-api 4.18), in milliseconds. Null means never.
  replaceable_until_at bigint,
  primary key (user_id, usage)
);

-- Device keys, one-time keys, fallback keys and key backups. A device has many one-time keys, and the format has no name for them. So
-- the hash of the key's text distinguishes them, and a second import finds the same rows.
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
