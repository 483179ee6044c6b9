-- What filters find targets by (docs/http.md), beside what there is already.

-- The address of a text, and null for a text that is none. A cast would fail, and a client's address may have come from anywhere.
-- Parsing an address depends on nothing; pg_input_is_valid is only declared stable because other types are not so.
-- In SQL, the planner would cast a text that it knows before it asks whether that is possible.
create function homeserver.address(text) returns inet language plpgsql immutable strict parallel safe as $$
begin
  if pg_input_is_valid($1, 'inet') then
    return $1::inet;
  end if;
  return null;
end $$;
create index connection_address on homeserver.connection (homeserver.address(ip));
create index device_address on homeserver.device (homeserver.address(last_seen_ip)) where last_seen_ip is not null;

-- The index local_media_last_use is partial, so that the planner does not estimate by it.
create statistics homeserver.local_media_last_use on (coalesce(last_access_at, created_at)) from homeserver.local_media;

alter table homeserver.room_summary add column topic text collate "C";
-- All summaries are computed anew, by whoever reads them next.
insert into homeserver.room_change (room_id) select room_id from homeserver.room;
