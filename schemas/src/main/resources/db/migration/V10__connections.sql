-- One row for each user, device and address, with the newest user agent (admin-api 1.2, 4.5). A user agent is whatever a client
-- says: as part of the key it let anybody with a token, guests too, add a row with each request.
--
-- Why this is safe on a large table: what goes are rows that whois does not show, as it shows the newest agent of an address. The
-- table is read once and sorted, and two indexes are built. Meanwhile it is locked from the start, so that no row comes in between
-- and no lock has to grow, behind somebody who waits for this one. Calls with a token wait for it: some seconds for a million rows.
-- It is one transaction: if it ends too soon, nothing has happened.
--
-- Processes of the release before go on beside it: they name the constraint, which keeps its name. They update a known row's time
-- and not its agent. Only their import stops, where a snapshot has two agents of one key; it is to be repeated.

lock table homeserver.connection in access exclusive mode;

delete from homeserver.connection c
 using (select ctid, row_number() over (partition by user_id, device_id, ip
                                        order by last_seen_at desc, user_agent) as place
          from homeserver.connection) aged
 where c.ctid = aged.ctid and aged.place > 1;

alter table homeserver.connection
  drop constraint connection_key,
  add constraint connection_key unique nulls not distinct (user_id, device_id, ip);

-- Rows that are too old to be shown are deleted, oldest first.
create index connection_age on homeserver.connection (last_seen_at);
