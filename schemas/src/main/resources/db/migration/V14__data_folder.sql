-- Which data folder this database belongs to, where `bailiff up` keeps it in one; a cluster of one's own has no row. The folder has
-- the same identity in its file `identity.json`. A worker that knows its folder asks for this row on each new connection, and is
-- refused by the database of another folder. Both get a new identity when the folder is found at another place than it was made at.
--
-- New and empty: takes no time on any database. Processes of the release before do not look at it.

create table jobs.data_folder (
  -- One row at most.
  only_one      boolean     primary key default true check (only_one),
  id            uuid        not null,
  -- The identity before this one; null for the first.
  former_id     uuid,
  -- How the folder came to be where it is.
  arrival       text        not null check (arrival in ('made', 'moved', 'copied', 'restored')),
  path          text        not null,
  identified_at timestamptz not null
);
