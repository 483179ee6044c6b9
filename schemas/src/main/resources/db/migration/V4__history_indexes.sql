-- What a purge of history asks of events (purge-history, admin-api 5.11), whatever else the room holds.

-- Events below a depth, in the order in which they are purged. Detached state, which a purge leaves behind for good, is not in
-- it: the next purge of the room does not meet it again.
create index event_depth on homeserver.event (room_id, depth, stream_ordering)
  where not outlier or state_key is null;

-- The last event of a room before a time.
create index event_time on homeserver.event (room_id, origin_server_ts, stream_ordering)
  where not outlier;
