-- Reports on events and users (admin-api 5.47), and other servers.

create table homeserver.event_report (
  id bigint primary key,
  received_at bigint not null,
  room_id text collate "C" not null,
  event_id text collate "C" not null,
  user_id text collate "C" not null,
  reason text,
  content json
);
create index event_report_room on homeserver.event_report (room_id);
-- Reports are read newest first.
create index event_report_received on homeserver.event_report (received_at, id);

create table homeserver.user_report (
  id bigint primary key,
  received_at bigint not null,
  target_user_id text collate "C" not null,
  user_id text collate "C" not null,
  reason text not null
);
create index user_report_received on homeserver.user_report (received_at, id);

-- Other servers, and what was last sent to them. Bailiff sends nothing, so these two tables are empty unless somebody fills them.
create table homeserver.destination (
  destination text collate "C" primary key,
  retry_last_at bigint,
  retry_interval bigint,
  failure_at bigint,
  last_successful_stream_ordering bigint
);

create table homeserver.destination_room (
  destination text collate "C" not null,
  room_id text collate "C" not null,
  stream_ordering bigint not null,
  primary key (destination, room_id)
);
