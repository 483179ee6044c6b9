-- Counts the accounts of each sort (homeserver.account_count).

-- The function runs once for each statement and not for each row: the deactivation of a batch adds two rows.
create or replace function homeserver.count_accounts() returns trigger language plpgsql as $$
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

create or replace trigger count_added after insert on homeserver.account
  referencing new table as added for each statement execute function homeserver.count_accounts();
create or replace trigger count_updated after update on homeserver.account
  referencing old table as removed new table as added
  for each statement execute function homeserver.count_accounts();
create or replace trigger count_removed after delete on homeserver.account
  referencing old table as removed for each statement execute function homeserver.count_accounts();
create or replace trigger count_none after truncate on homeserver.account
  for each statement execute function homeserver.count_accounts();
