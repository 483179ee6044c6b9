-- Lists of rooms, and what is read of rooms' events (admin-api 5.5 to 5.8, 5.23). Only additions: processes of the release
-- before go on beside it; what they change is noted by the triggers, and events they import lack contains_url.

-- What the list of rooms sorts, filters and searches by and what follows from other rows: computed now and then from the rows
-- of a room, never counted up and down. Counting at each change would make every batch wait for the others at one row of a big
-- room. A text that PostgreSQL cannot hold is null.
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

-- Rooms whose summary is out of date, any number of rows of each. Rows are only ever added by those who change a room, so
-- nobody waits for anybody; whoever brings the summaries up to date takes them away.
create table homeserver.room_change (
  room_id text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create function homeserver.note_changed_rooms() returns trigger language plpgsql as $$
begin
  insert into homeserver.room_change (room_id) select distinct room_id from changed;
  return null;
end $$;

-- For each statement, not for each row: a leave of a million members notes a room once a batch.
create trigger note_added after insert on homeserver.membership
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_updated after update on homeserver.membership
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_deleted after delete on homeserver.membership
  referencing old table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_added after insert on homeserver.current_state
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_updated after update on homeserver.current_state
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_deleted after delete on homeserver.current_state
  referencing old table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_added after insert on homeserver.room
  referencing new table as changed for each statement execute function homeserver.note_changed_rooms();
create trigger note_deleted after delete on homeserver.room
  referencing old table as changed for each statement execute function homeserver.note_changed_rooms();

insert into homeserver.room_change (room_id) select room_id from homeserver.room;

-- Whether the content may name media. A column that redaction never writes, so that a redacted row still needs no new index
-- entries; the content itself in the index's condition would cost each of them all its entries.
alter table homeserver.event add column contains_url boolean not null default false;
update homeserver.event set contains_url = true where content::text like '%"url"%';
create index event_contains_url on homeserver.event (room_id, stream_ordering) where contains_url;
