-- Which homeserver the jobs of this database act on. The first start of a gateway or a worker writes the row, and `bailiff import` does.
-- A gateway or a worker of another homeserver refuses to start, as its jobs would act on rooms and users that it does not know.

create table jobs.homeserver (
  -- There is one row at most.
  only_one    boolean primary key default true check (only_one),
  -- The word after `type` in the block `homeserver` of the configuration: store, synapse.
  backend     text    not null,
  -- The part of the users' ids behind the colon. Null until it is known: Bailiff's own store has no name before its first import.
  server_name text check (server_name <> ''),
  -- The account of a live homeserver that operator tokens act as, as it was last seen: it is needed while the homeserver is away.
  service_account text
);
