-- Which data folder this database belongs to, where `bailiff up` keeps it in one. The database of a cluster of one's own has no row.
-- The folder has the same identity in its file `identity.json`. A worker that knows its folder asks for this row on each new
-- connection, and the database of another folder refuses it. Folder and database both get a new identity when the folder is found at
-- another place than the place where it was made.

create table jobs.data_folder (
  -- There is one row at most.
  only_one      boolean     primary key default true check (only_one),
  id            uuid        not null,
  -- The identity before this one. Null for the first identity.
  former_id     uuid,
  -- How the folder came to be where it is.
  arrival       text        not null check (arrival in ('made', 'moved', 'copied', 'restored')),
  path          text        not null,
  identified_at timestamptz not null
);
