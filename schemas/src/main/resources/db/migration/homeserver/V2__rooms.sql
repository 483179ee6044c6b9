-- Rooms, their current state, and who is in them.

-- Every batch that writes into a room holds its row "for key share". The last batch of a purge takes the row "for update".
create table homeserver.room (
  room_id text collate "C" primary key,
  room_version text collate "C" not null,
  creator text collate "C",
  public boolean not null default false,
  -- The number of state events when the current state was dropped with the last local member. Null while there is a current state.
  state_events bigint
);

create table homeserver.room_alias (
  alias text collate "C" primary key,
  room_id text collate "C" not null,
  creator text collate "C",
  changed_here boolean not null default false
);
create index room_alias_room on homeserver.room_alias (room_id);

-- The rows of a room vanish when the last joined local user leaves it. Its events and memberships stay.
create table homeserver.current_state (
  room_id text collate "C" not null,
  type text collate "C" not null,
  state_key text collate "C" not null,
  event_id text collate "C" not null,
  changed_here boolean not null default false,
  primary key (room_id, type, state_key)
);

-- The current membership of each user in each room. user_server distinguishes local users from remote ones within an index: a room may
-- have a million remote members and three local ones.
create table homeserver.membership (
  room_id text collate "C" not null,
  user_id text collate "C" not null,
  membership text collate "C" not null,
  event_id text collate "C" not null,
  forgotten boolean not null default false,
  user_server text collate "C" not null
    generated always as (substring(user_id from position(':' in user_id) + 1)) stored,
  changed_here boolean not null default false,
  primary key (room_id, user_id)
) with (fillfactor = 90);
create index membership_user on homeserver.membership (user_id, membership, room_id);
create index membership_present on homeserver.membership (room_id, user_server, user_id) include (membership)
  where membership in ('join', 'invite', 'knock');
create index membership_remembered on homeserver.membership (room_id, user_server) where not forgotten;

-- The columns by which the list of rooms sorts, filters and searches (admin-api 5.5). All of them follow from other rows. They are computed
-- now and then from the rows of a room, and are never counted up and down: with a count, every batch in a big room would wait for
-- the others at one row. A text that PostgreSQL cannot hold is null.
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
-- The order that a list of rooms has unless another is asked for. A room's name is a text out of an event and has any length. A name that
-- fits no index row would keep every room's summary from being stored, so the index holds only the beginning of the name: see
-- account_displayname.
create index room_summary_name on homeserver.room_summary
  (left(name, 255), (case when char_length(name) > 255 then null else room_id end));
-- The order by joined members, biggest first.
create index room_summary_joined_members on homeserver.room_summary (joined_members, room_id);

-- Rooms whose summary is out of date; a room may have any number of rows. A writer only ever adds rows (R__room_changes.sql), so nobody
-- waits for anybody. The reader that brings the summaries up to date deletes the rows.
create table homeserver.room_change (
  room_id text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- Of a room that is or was purged: the last arrival when the purge was planned. Later arrivals have a higher number. The row stays when
-- the room is gone, as verification looks for later arrivals.
create table homeserver.purge_mark (
  room_id text collate "C" primary key,
  planned bigint not null
);

-- Below which depth a room's history was purged. An event below that depth that is not here was deleted here.
create table homeserver.purged_history (
  room_id text collate "C" primary key,
  below_depth bigint not null
);

-- user_id is the first user who blocked the room. The room need not exist, and the row outlives a purge.
create table homeserver.blocked_room (
  room_id text collate "C" primary key,
  user_id text collate "C" not null
);
