-- What histories tell beside their events (admin-api 5.8, 5.42). Only additions: processes of the release before go on beside
-- it, and only events that they import lack the new columns.

-- The event that this one edits, refers to, or continues the thread of. Columns that redaction never writes, for the reason given
-- with contains_url; that the relation of a redacted event counts no more is seen from homeserver.redaction.
alter table homeserver.event
  add column relates_to text collate "C",
  add column rel_type text collate "C";

-- Foreign content may hold what PostgreSQL refuses to read as text (\u0000): such a relation is none.
create function homeserver.relation_part(content json, part text) returns text language plpgsql immutable as $$
begin
  return content -> 'm.relates_to' ->> part;
exception when others then
  return null;
end $$;

update homeserver.event e
   set relates_to = r.target, rel_type = r.type
  from (select f.room_id, f.stream_ordering, homeserver.relation_part(f.content, 'event_id') as target,
               homeserver.relation_part(f.content, 'rel_type') as type
          from homeserver.event f where f.content::text like '%"m.relates_to"%') r
 where e.room_id = r.room_id and e.stream_ordering = r.stream_ordering
   and r.type in ('m.replace', 'm.thread', 'm.reference') and r.target ~ '^[!-~]{1,255}$';

drop function homeserver.relation_part(json, text);

create index event_relates_to on homeserver.event (relates_to, rel_type, depth, stream_ordering)
  where relates_to is not null;

-- The state of a room as it was: of each type and key, the last event up to some place. The room's current state is not enough
-- for that, as its rows are replaced. Memberships are found by event_member: they are most of the state, and a leave needs no
-- further index entry so.
create index event_state on homeserver.event (room_id, type, state_key, depth, stream_ordering)
  where state_key is not null and type <> 'm.room.member';
