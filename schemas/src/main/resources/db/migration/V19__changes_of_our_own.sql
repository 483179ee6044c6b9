-- What was changed here since a snapshot was imported is not undone by the next import (snapshot format, "idempotent").
-- Only additions: processes of the release before go on beside it, and what they change is noted by the triggers.

create function homeserver.note_own_change() returns trigger language plpgsql as $$
begin
  if current_setting('bailiff.importing', true) is distinct from 'on' then
    new.changed_here := true;
  end if;
  return new;
end $$;

-- What an import must not bring back. kind is that of the snapshot's records, id their key, parts joined by spaces.
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

-- Arguments: the kind, and an expression for the id over the rows that are gone. For each statement: a purge has many rows.
create function homeserver.note_own_removal() returns trigger language plpgsql as $$
begin
  if current_setting('bailiff.importing', true) is distinct from 'on' then
    execute format('insert into homeserver.removed (kind, id) select %L, %s from gone on conflict do nothing',
                   tg_argv[0], tg_argv[1]);
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
update homeserver.account set changed_here = true where deactivated or locked or suspended or shadow_banned;

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

create trigger own_removal after delete on homeserver.room referencing old table as gone
  for each statement execute function homeserver.note_own_removal('room', 'room_id');
create trigger own_removal after delete on homeserver.room_alias referencing old table as gone
  for each statement execute function homeserver.note_own_removal('room_alias', 'alias');
create trigger own_removal after delete on homeserver.blocked_room referencing old table as gone
  for each statement execute function homeserver.note_own_removal('blocked_room', 'room_id');
create trigger own_removal after delete on homeserver.device referencing old table as gone
  for each statement execute function homeserver.note_own_removal('device', $$user_id || ' ' || device_id$$);
create trigger own_removal after delete on homeserver.access_token referencing old table as gone
  for each statement execute function homeserver.note_own_removal('access_token', $$encode(token_sha256, 'hex')$$);
create trigger own_removal after delete on homeserver.threepid referencing old table as gone
  for each statement execute function homeserver.note_own_removal('threepid', $$medium || ' ' || address$$);
create trigger own_removal after delete on homeserver.external_id referencing old table as gone
  for each statement execute function homeserver.note_own_removal('external_id', $$auth_provider || ' ' || external_id$$);
create trigger own_removal after delete on homeserver.pusher referencing old table as gone
  for each statement execute function homeserver.note_own_removal('pusher', $$user_id || ' ' || app_id || ' ' || pushkey$$);
create trigger own_removal after delete on homeserver.ratelimit_override referencing old table as gone
  for each statement execute function homeserver.note_own_removal('ratelimit_override', 'user_id');
create trigger own_removal after delete on homeserver.local_media referencing old table as gone
  for each statement execute function homeserver.note_own_removal('local_media', 'media_id');
create trigger own_removal after delete on homeserver.event_report referencing old table as gone
  for each statement execute function homeserver.note_own_removal('event_report', 'id::text');
