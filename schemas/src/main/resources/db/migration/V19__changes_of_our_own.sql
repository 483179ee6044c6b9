-- What was changed here since a snapshot was imported is not undone by the next import (decision 0038).
--
-- Processes of the release before go on beside it; what they change and delete is noted by the triggers, but for their purges of
-- history and the state they drop of rooms that everybody left. Columns are added without reading a row. The tables are locked
-- for that moment, in the order in which batches lock them.

lock table homeserver.room, homeserver.membership, homeserver.current_state, homeserver.room_alias, homeserver.local_media,
  homeserver.account, homeserver.threepid, homeserver.device, homeserver.access_token, homeserver.ratelimit_override
  in access exclusive mode;

-- An import says so; one of the release before is known by the name of its connections.
create function homeserver.is_import() returns boolean language sql stable as $$
  select coalesce(current_setting('bailiff.importing', true), '') = 'on'
      or current_setting('application_name') = 'bailiff-import'
$$;

create function homeserver.note_own_change() returns trigger language plpgsql as $$
begin
  if not homeserver.is_import() then
    new.changed_here := true;
  end if;
  return new;
end $$;

-- Ids are kept as digests only: addresses and push keys of people who are gone are among them.
create function homeserver.removed_id(text) returns text language sql immutable parallel safe as $$
  select encode(sha256(convert_to($1, 'UTF8')), 'hex')
$$;

-- What an import must not bring back. kind is that of the snapshot's records, id the digest of their key, parts joined by spaces.
create table homeserver.removed (
  kind text collate "C" not null,
  id text collate "C" not null,
  removed_at timestamptz not null default clock_timestamp(),
  primary key (kind, id)
);

-- Below which depth a room's history was purged: what is older and not here was deleted here.
create table homeserver.purged_history (
  room_id text collate "C" primary key,
  below_depth bigint not null
);

-- Arguments: the kind, an expression for the id over the rows that are gone, and which of them count. For each statement: a purge
-- has many rows.
create function homeserver.note_own_removal() returns trigger language plpgsql as $$
begin
  if not homeserver.is_import() then
    execute format('insert into homeserver.removed (kind, id) select %L, homeserver.removed_id(%s) from gone where %s '
                   || 'on conflict do nothing', tg_argv[0], tg_argv[1], tg_argv[2]);
  end if;
  return null;
end $$;

alter table homeserver.account add column changed_here boolean not null default false;
-- Signs of life are no moderation.
create trigger own_change_insert before insert on homeserver.account
  for each row execute function homeserver.note_own_change();
create trigger own_change_update
  before update of password_hash, admin, user_type, deactivated, erased, shadow_banned, locked, suspended, approved,
                   displayname, avatar_url on homeserver.account
  for each row execute function homeserver.note_own_change();

alter table homeserver.threepid add column changed_here boolean not null default false;
create trigger own_change before insert or update on homeserver.threepid
  for each row execute function homeserver.note_own_change();
alter table homeserver.room_alias add column changed_here boolean not null default false;
create trigger own_change before insert or update on homeserver.room_alias
  for each row execute function homeserver.note_own_change();
alter table homeserver.membership add column changed_here boolean not null default false;
create trigger own_change before insert or update on homeserver.membership
  for each row execute function homeserver.note_own_change();
alter table homeserver.current_state add column changed_here boolean not null default false;
create trigger own_change before insert or update on homeserver.current_state
  for each row execute function homeserver.note_own_change();
alter table homeserver.local_media add column changed_here boolean not null default false;
create trigger own_change_insert before insert on homeserver.local_media
  for each row execute function homeserver.note_own_change();
create trigger own_change_update before update of quarantined_by, safe_from_quarantine on homeserver.local_media
  for each row execute function homeserver.note_own_change();
alter table homeserver.ratelimit_override add column changed_here boolean not null default false;
create trigger own_change before insert or update on homeserver.ratelimit_override
  for each row execute function homeserver.note_own_change();

-- Of sessions only those that came with a snapshot can come back with one.
alter table homeserver.device add column changed_here boolean not null default false;
create trigger own_change before insert on homeserver.device
  for each row execute function homeserver.note_own_change();
alter table homeserver.access_token add column changed_here boolean not null default false;
create trigger own_change before insert on homeserver.access_token
  for each row execute function homeserver.note_own_change();

create trigger own_removal after delete on homeserver.room referencing old table as gone
  for each statement execute function homeserver.note_own_removal('room', 'room_id', 'true');
create trigger own_removal after delete on homeserver.room_alias referencing old table as gone
  for each statement execute function homeserver.note_own_removal('room_alias', 'alias', 'true');
create trigger own_removal after delete on homeserver.blocked_room referencing old table as gone
  for each statement execute function homeserver.note_own_removal('blocked_room', 'room_id', 'true');
create trigger own_removal after delete on homeserver.device referencing old table as gone
  for each statement execute function homeserver.note_own_removal('device', $$user_id || ' ' || device_id$$, 'not changed_here');
create trigger own_removal after delete on homeserver.access_token referencing old table as gone
  for each statement execute function homeserver.note_own_removal(
    'access_token', $$encode(token_sha256, 'hex')$$, 'not changed_here');
create trigger own_removal after delete on homeserver.threepid referencing old table as gone
  for each statement execute function homeserver.note_own_removal('threepid', $$medium || ' ' || address$$, 'true');
create trigger own_removal after delete on homeserver.external_id referencing old table as gone
  for each statement execute function homeserver.note_own_removal('external_id', $$auth_provider || ' ' || external_id$$, 'true');
create trigger own_removal after delete on homeserver.pusher referencing old table as gone
  for each statement execute function homeserver.note_own_removal('pusher', $$user_id || ' ' || app_id || ' ' || pushkey$$, 'true');
create trigger own_removal after delete on homeserver.ratelimit_override referencing old table as gone
  for each statement execute function homeserver.note_own_removal('ratelimit_override', 'user_id', 'true');
create trigger own_removal after delete on homeserver.local_media referencing old table as gone
  for each statement execute function homeserver.note_own_removal('local_media', 'media_id', 'true');
create trigger own_removal after delete on homeserver.event_report referencing old table as gone
  for each statement execute function homeserver.note_own_removal('event_report', 'id::text', 'true');
