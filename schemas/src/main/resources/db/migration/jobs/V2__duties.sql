-- Which worker does the duties that make up for workers that died (docs/decisions/0036).

-- The table has one row. A leader keeps the row by moving expires_at on. A worker that finds the row expired takes it, with the next term.
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
