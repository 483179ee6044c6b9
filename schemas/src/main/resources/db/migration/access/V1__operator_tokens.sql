-- The schema access: who may call Bailiff. It knows neither the jobs nor the homeserver, and exists with every homeserver.

-- Tokens of Bailiff's own, which belong to no account of the homeserver. The table has only their SHA-256.
create table access.operator_token (
  token_sha256 bytea       primary key check (length(token_sha256) = 32),
  name         text        not null,
  created_at   timestamptz not null default now(),
  -- `bailiff tokens list` shows it. It is written at most once in five minutes.
  last_used_at timestamptz
);
