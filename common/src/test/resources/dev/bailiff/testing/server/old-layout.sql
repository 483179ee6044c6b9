-- A database of the layout that had one history, as Bailiff 0.1.0-SNAPSHOT made it before decision 0042: its history, and of its tables
-- the three that the tests look at. OldLayoutIT and OldFolderIT load it. No release upgrades it.

create table public.bailiff_schema_history (
  installed_rank integer not null constraint bailiff_schema_history_pk primary key,
  version varchar(50),
  description varchar(200) not null,
  type varchar(20) not null,
  script varchar(1000) not null,
  checksum integer,
  installed_by varchar(100) not null,
  installed_on timestamp not null default now(),
  execution_time integer not null,
  success boolean not null
);
create index bailiff_schema_history_s_idx on public.bailiff_schema_history (success);
insert into public.bailiff_schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values
  (1, '1', 'homeserver', 'SQL', 'V1__homeserver.sql', 266820767, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (2, '2', 'jobs', 'SQL', 'V2__jobs.sql', 1551923876, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (3, '3', 'media', 'SQL', 'V3__media.sql', 1389927561, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (4, '4', 'history indexes', 'SQL', 'V4__history_indexes.sql', -1824994595, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (5, '5', 'users', 'SQL', 'V5__users.sql', 1755373348, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (6, '6', 'rooms', 'SQL', 'V6__rooms.sql', -1276244762, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (7, '7', 'media and reports', 'SQL', 'V7__media_and_reports.sql', -190486387, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (8, '8', 'lists', 'SQL', 'V8__lists.sql', -1970910444, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (9, '9', 'histories', 'SQL', 'V9__histories.sql', -1502467072, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (10, '10', 'connections', 'SQL', 'V10__connections.sql', -454138690, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (11, '11', 'long names', 'SQL', 'V11__long_names.sql', -700164885, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (12, '12', 'remembered commands', 'SQL', 'V12__remembered_commands.sql', 1625299445, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (13, '13', 'duties', 'SQL', 'V13__duties.sql', 959041192, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (14, '14', 'data folder', 'SQL', 'V14__data_folder.sql', 851001914, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (15, '15', 'homeserver away', 'SQL', 'V15__homeserver_away.sql', 1732628778, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (16, '18', 'redactions that hold', 'SQL', 'V18__redactions_that_hold.sql', -1054680273, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (17, '19', 'changes of our own', 'SQL', 'V19__changes_of_our_own.sql', -228536849, 'bailiff', '2026-11-01 10:00:00', 1, true),
  (18, '20', 'accounts changed before', 'SQL', 'V20__accounts_changed_before.sql', -1211644616, 'bailiff', '2026-11-01 10:00:00', 1, true);

create schema homeserver;

create table homeserver.server (
  only_row boolean primary key default true check (only_row),
  server_name text collate "C" not null,
  software text,
  exported_at bigint
);
insert into homeserver.server (server_name) values ('chat.example');

create schema jobs;

create table jobs.operator_token (
  token_sha256 bytea       primary key check (length(token_sha256) = 32),
  name         text        not null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz
);
insert into jobs.operator_token (token_sha256, name) values (sha256('a token'), 'admin-token');

create table jobs.data_folder (
  only_one      boolean     primary key default true check (only_one),
  id            uuid        not null,
  former_id     uuid,
  arrival       text        not null check (arrival in ('made', 'moved', 'copied', 'restored')),
  path          text        not null,
  identified_at timestamptz not null
);
