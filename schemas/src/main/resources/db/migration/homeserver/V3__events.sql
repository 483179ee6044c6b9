-- Events. docs/decisions/0002-event-storage.md says why this is one table, why JSON is in the row, and why it has these indexes.

create sequence homeserver.event_stream_ordering as bigint cache 1;

-- contains_url says whether the content may name media. relates_to and rel_type name the event that this one edits, refers to, or
-- continues the thread of. Redaction never writes these three columns, so a redacted row needs no new index entries. A condition of
-- an index on the content itself would cost each redacted row all its entries. homeserver.redaction shows that the relation of a
-- redacted event counts no more.
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
  -- Null for events that are no state.
  state_key text collate "C",
  content json not null,
  -- The remaining top-level keys: unsigned, hashes, signatures, auth_events, prev_events, and redacts before room version 11.
  extra json,
  contains_url boolean not null default false,
  relates_to text collate "C",
  rel_type text collate "C",
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
-- A user's membership events, whoever sent them. They are pruned when an erased user leaves.
create index event_member on homeserver.event (state_key, room_id, stream_ordering) where type = 'm.room.member';
-- The few redactions of a room. A purge deletes their rows too, and does not look at every event for them.
create index event_redaction on homeserver.event (room_id, stream_ordering) include (event_id)
  where type = 'm.room.redaction';
-- Events below a depth, in the order in which they are purged (purge-history, admin-api 5.11). A purge leaves detached state behind for
-- good. That state is not in this index, so the next purge of the room does not meet it again.
create index event_depth on homeserver.event (room_id, depth, stream_ordering)
  where not outlier or state_key is null;
-- The last event of a room before a time.
create index event_time on homeserver.event (room_id, origin_server_ts, stream_ordering)
  where not outlier;
-- Invites that a user sent, counted from a time on (admin-api 5.28): the membership events about others, which are few beside all that
-- the user wrote. The membership is not in the index, as it is in the event's JSON: JSON operators fail at escapes that clients may
-- send, and an index expression that fails would refuse the event.
create index event_about_others on homeserver.event (sender, origin_server_ts)
  where type = 'm.room.member' and state_key <> sender;
create index event_contains_url on homeserver.event (room_id, stream_ordering) where contains_url;
create index event_relates_to on homeserver.event (relates_to, rel_type, depth, stream_ordering)
  where relates_to is not null;
-- The state of a room as it was at a place: of each type and key, the last event up to that place. The room's current state is not
-- enough, as its rows are replaced. event_member finds the memberships: they are most of the state, and so a leave needs no further
-- index entry.
create index event_state on homeserver.event (room_id, type, state_key, depth, stream_ordering)
  where state_key is not null and type <> 'm.room.member';

-- A row for each redaction. An event is redacted if a row has it in redacts. recheck says that the right to redact is still to be checked
-- when the target is read: the redaction arrived before its target, or its sender had no power in the room.
create table homeserver.redaction (
  event_id text collate "C" primary key,
  redacts text collate "C" not null,
  have_censored boolean not null default false,
  recheck boolean not null default false
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
