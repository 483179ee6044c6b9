-- How much a token may ask for in a time. Gateways of before know no such limits: none holds while one of them runs.
alter table access.operator_token
  add column jobs_a_minute integer check (jobs_a_minute > 0),
  add column targets_a_day integer check (targets_a_day > 0);

-- What tokens with such limits asked for, in slots of ten seconds. A row is removed by the next use of its token a day later, and with
-- its token.
create table access.token_use (
  token_sha256 bytea       not null references access.operator_token on delete cascade,
  slot         timestamptz not null,
  jobs         integer     not null,
  targets      bigint      not null,
  primary key (token_sha256, slot)
);
