-- Imports of snapshots.

-- How far the import of a snapshot is. It is committed with the rows of each batch, so that an import that died goes on behind them.
create table homeserver.import_progress (
  snapshot text primary key,
  line bigint not null,
  events bigint not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);

-- What an import must not bring back (docs/decisions/0038): R__own_changes.sql fills it. kind is the kind of the snapshot's records, id
-- the digest of their key, whose parts are joined by spaces.
create table homeserver.removed (
  kind text collate "C" not null,
  id text collate "C" not null,
  removed_at timestamptz not null default clock_timestamp(),
  primary key (kind, id)
);
