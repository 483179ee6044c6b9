-- Who did what. Rows are added and read, never changed: the runtime role may do no more, and triggers refuse the rest to everybody.
create table access.audit (
  audit_id bigint      generated always as identity,
  at       timestamptz not null default clock_timestamp(),
  -- The transaction of the change. Rows are chained in this order, behind every transaction that still runs.
  xid      xid8        not null default pg_current_xact_id(),
  -- Of calls, and of commands on the server's machine. Where they are null, the row of the job says it.
  who      text,
  token    text,        -- id of a token of Bailiff's own, or the digest of another one
  address  text,
  what     text        not null,
  whom     text,        -- a user, room, medium or the like
  why      text,
  job      uuid,
  items    text[],      -- what became of whom: events, rooms, media
  result   text        not null
) partition by range (at);

create index audit_by_xid on access.audit (xid, audit_id);
create index audit_by_time on access.audit (at, audit_id);
create index audit_by_job on access.audit (job, at, audit_id) where job is not null;
create index audit_by_whom on access.audit (whom, at, audit_id) where whom is not null;
create index audit_by_who on access.audit (who, at, audit_id) where who is not null;
create index audit_by_what on access.audit (what, at, audit_id);

-- The chain over the rows: each link has the digests of some rows of one month, and the digest of the link before it.
create table access.audit_link (
  link      bigint      primary key,
  month     date        not null,
  -- The rows of the month behind the first place, up to the last: places are (xid, audit_id).
  after_xid xid8        not null,
  after_id  bigint      not null,
  last_xid  xid8        not null,
  last_id   bigint      not null,
  total     bigint      not null unique, -- rows in the chain, up to this link
  digests   bytea       not null,        -- SHA-256 of each row, in their order
  hash      bytea       not null check (length(hash) = 32),
  linked_at timestamptz not null default clock_timestamp()
);

-- Months whose rows lie in a file. Their links stay, so that the chain can be followed.
create table access.audit_archive (
  month       date        primary key,
  rows        bigint      not null,
  file_sha256 text        not null,
  -- The head of the chain at the cut.
  total       bigint      not null,
  hash        bytea       not null,
  archived_at timestamptz not null default clock_timestamp()
);

create function access.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of the audit are never changed or deleted' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_stays before update or delete on access.audit
  for each row execute function access.refuse_audit_change();
create trigger audit_link_stays before update or delete or truncate on access.audit_link
  for each statement execute function access.refuse_audit_change();
create trigger audit_archive_stays before update or delete or truncate on access.audit_archive
  for each statement execute function access.refuse_audit_change();
create trigger audit_is_not_emptied before truncate on access.audit
  for each statement execute function access.refuse_audit_change();

-- For times that no month covers, as after a long absence of every worker. It is never archived.
create table access.audit_other partition of access.audit default;
create trigger audit_is_not_emptied before truncate on access.audit_other
  for each statement execute function access.refuse_audit_change();

-- Makes the partitions of this month and the next two, as the owner. Called by the migrations, and by a duty of the runtime role.
create function access.make_audit_partitions() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  first date := date_trunc('month', clock_timestamp() at time zone 'UTC')::date;
  month date;
  name  text;
  made  integer := 0;
begin
  for n in 0..2 loop
    month := (first + make_interval(months => n))::date;
    name := 'audit_' || to_char(month, 'YYYY_MM');
    if to_regclass('access.' || name) is null then
      perform pg_advisory_xact_lock(7221006);
      if to_regclass('access.' || name) is null then
        begin
          execute format('create table access.%I (like access.audit including defaults including constraints)', name);
          execute format(
            'create trigger audit_is_not_emptied before truncate on access.%I for each statement execute function access.refuse_audit_change()',
            name);
          -- Attaching it lets others go on writing.
          execute format(
            'alter table access.audit attach partition access.%I for values from (%L) to (%L)',
            name,
            month::timestamp at time zone 'UTC',
            (month + interval '1 month')::timestamp at time zone 'UTC');
          made := made + 1;
        exception when check_violation then
          -- Rows of this month are in the default partition already; the rest follows them there.
          raise notice 'the rows of % stay in access.audit_other', month;
        end;
      end if;
    end if;
  end loop;
  return made;
end $$;
revoke all on function access.make_audit_partitions() from public;
