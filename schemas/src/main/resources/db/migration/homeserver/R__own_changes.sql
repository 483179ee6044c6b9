-- Notes which rows Bailiff changed or deleted since they were imported, so that the next import does not undo it
-- (docs/decisions/0038). Triggers do it, so that no statement can forget it.

-- Jobs may run while this file is applied. The tables are locked in the order in which batches lock them, as otherwise one would wait for
-- the other for ever.
lock table homeserver.room, homeserver.membership, homeserver.current_state, homeserver.room_alias, homeserver.local_media,
  homeserver.account, homeserver.threepid, homeserver.device, homeserver.access_token, homeserver.ratelimit_override,
  homeserver.blocked_room, homeserver.external_id, homeserver.pusher, homeserver.event_report in share row exclusive mode;

-- An import sets bailiff.importing, or is known by the name of its connections.
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

-- Ids are kept as digests only: addresses and push keys of people who are gone are among them.
create or replace function homeserver.removed_id(text) returns text language sql immutable parallel safe as $$
  select encode(sha256(convert_to($1, 'UTF8')), 'hex')
$$;

-- The arguments are the kind, an expression for the id over the rows that are gone, and a condition for the rows that count. The
-- function runs once for each statement, as a purge has many rows.
create or replace function homeserver.note_own_removal() returns trigger language plpgsql as $$
begin
  if not homeserver.is_import() then
    execute format('insert into homeserver.removed (kind, id) select %L, homeserver.removed_id(%s) from gone where %s '
                   || 'on conflict do nothing', tg_argv[0], tg_argv[1], tg_argv[2]);
  end if;
  return null;
end $$;

-- Signs of life (last_seen_at) are no moderation.
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

-- Only a session that came with a snapshot can come back with one.
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
