-- Notes the rooms whose summary is out of date (homeserver.room_change).

-- Jobs may run while this file is applied: the tables are locked in the order in which batches lock them.
lock table homeserver.room, homeserver.membership, homeserver.current_state in share row exclusive mode;

create or replace function homeserver.note_changed_rooms() returns trigger language plpgsql as $$
begin
  insert into homeserver.room_change (room_id) select distinct room_id from changed;
  return null;
end $$;

-- The triggers run once for each statement and not for each row: a leave of a million members notes a room once a batch.
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
