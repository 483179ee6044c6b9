-- Pages of long lists in milliseconds (admin-api 4.3, 4.4, 5.5). Only additions: processes of the release before go on beside
-- it, and what they change is counted by the triggers.

-- How many accounts there are of each sort that a list can ask for, so that the total of a page costs the same with a million
-- accounts as with ten. Each change of accounts adds rows that say by how much, in its own transaction: the sum is always
-- exact, and nobody waits for anybody, as they would at one row that is counted up and down. Readers fold the rows together.
create table homeserver.account_count (
  is_guest boolean not null,
  admin boolean not null,
  deactivated boolean not null,
  locked boolean not null,
  user_type text collate "C",
  accounts bigint not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- For each statement, not for each row: a deactivation of a batch adds two rows.
create function homeserver.count_accounts() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into homeserver.account_count
    select is_guest, admin, deactivated, locked, user_type, count(*)
    from added group by is_guest, admin, deactivated, locked, user_type;
  elsif tg_op = 'DELETE' then
    insert into homeserver.account_count
    select is_guest, admin, deactivated, locked, user_type, -count(*)
    from removed group by is_guest, admin, deactivated, locked, user_type;
  elsif tg_op = 'UPDATE' then
    insert into homeserver.account_count
    select is_guest, admin, deactivated, locked, user_type, sum(change)
    from (select is_guest, admin, deactivated, locked, user_type, 1 as change from added
          union all
          select is_guest, admin, deactivated, locked, user_type, -1 from removed) changed
    group by is_guest, admin, deactivated, locked, user_type
    having sum(change) <> 0;
  else
    delete from homeserver.account_count;
  end if;
  return null;
end $$;

create trigger count_added after insert on homeserver.account
  referencing new table as added for each statement execute function homeserver.count_accounts();
create trigger count_updated after update on homeserver.account
  referencing old table as removed new table as added
  for each statement execute function homeserver.count_accounts();
create trigger count_removed after delete on homeserver.account
  referencing old table as removed for each statement execute function homeserver.count_accounts();
create trigger count_none after truncate on homeserver.account
  for each statement execute function homeserver.count_accounts();

-- After the triggers, whose locks keep changes out until this is committed.
insert into homeserver.account_count
select is_guest, admin, deactivated, locked, user_type, count(*)
from homeserver.account group by is_guest, admin, deactivated, locked, user_type;

-- The orders by which people look at users: newest first, and by name. The others have few different values or need other
-- tables: a page of them reads all accounts.
create index account_created_at on homeserver.account (created_at, user_id);
create index account_displayname on homeserver.account (displayname, user_id);

-- The order that a list of rooms has unless another is asked for, and biggest first.
create index room_summary_name on homeserver.room_summary (name, room_id);
create index room_summary_joined_members on homeserver.room_summary (joined_members, room_id);
