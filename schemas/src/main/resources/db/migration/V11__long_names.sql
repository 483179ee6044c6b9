-- Names of any length in the lists of rooms and users (admin-api 4.3, 5.5). A row of an index holds 2,704 bytes, and a room's
-- name is what somebody wrote into an event: with one that fits no index, no summary of any room could be stored any more.
--
-- The index holds the beginning of the name, and the room's id unless the name goes on: its order is the exact one, but for
-- names that begin alike and go on, which a list sorts itself (common: LongTextOrder). Processes of the release before, which
-- sort by the name alone, read all names for a page until they are gone.

drop index homeserver.room_summary_name;
create index room_summary_name on homeserver.room_summary
  (left(name, 255), (case when char_length(name) > 255 then null else room_id end));

-- Likewise: the API takes no longer ones, but a snapshot may hold them.
drop index homeserver.account_displayname;
create index account_displayname on homeserver.account
  (left(displayname, 255), (case when char_length(displayname) > 255 then null else user_id end));

-- Tells the planner how many different values there are.
analyze homeserver.room_summary;
analyze homeserver.account;
