-- Who does the duties that make up for those who died (docs/decisions/0036), and upkeep of what else grows. Only additions:
-- workers of the release before do every duty themselves, beside the leader of this one, which does no harm.

-- One row. A leader keeps it by moving expires_at on; whoever finds it expired takes it, with the next term.
create table jobs.duty_term (
  only_row     boolean     primary key default true check (only_row),
  term         bigint      not null default 0,
  owner        text,
  expires_at   timestamptz not null default now(),
  next_look_at timestamptz not null default now()
) with (fillfactor = 10);
comment on column jobs.duty_term.next_look_at is
  'the next free turn of workers that are cut off from Kafka: they look at the row one after the other';
insert into jobs.duty_term default values;

-- Shown by `bailiff tokens list`; written at most once in some minutes.
alter table jobs.operator_token add column last_used_at timestamptz;

-- Access tokens that ran out are deleted, oldest first.
create index access_token_end on homeserver.access_token (valid_until_at) where valid_until_at is not null;

-- JobPruner reads on behind a job that it could not prune. The same name and beginning: old workers use it as before.
drop index jobs.job_by_end;
create index job_by_end on jobs.job (finalized_at, job_id) where finalized_at is not null;
