-- Webhooks: receivers that are told of changes of jobs (docs/decisions/0083). A trigger writes the deliveries in the transaction of the
-- change, so gateways and workers of the release before write them, too. Without a webhook nothing is written.

create table jobs.webhook (
  webhook_id        uuid        primary key default gen_random_uuid(),
  url               text        not null,
  -- Scheme, host and port of the address: webhooks with the same receiver share its bound.
  receiver          text        not null,
  -- The key of the signatures, which must be readable. Null: the receiver checks none.
  secret            text,
  format            text        not null check (format in ('standard', 'text')),
  events            text[]      not null check (events <> '{}'),
  kinds             text[]      not null default '{}', -- none: jobs of any kind
  description       text        not null default '',
  made_by           text,                              -- null: a configuration
  created_at        timestamptz not null default now(),
  -- The receiver rests after failures, so that a backlog for one that is away costs little.
  failures_in_a_row integer     not null default 0,
  rests_until       timestamptz,
  delivered_at      timestamptz,
  last_error        text,
  deleted_at        timestamptz
) with (fillfactor = 50);
-- The one that `notify` of the configuration names.
create unique index webhook_of_configuration on jobs.webhook ((made_by is null)) where made_by is null and deleted_at is null;

create table jobs.webhook_delivery (
  delivery_id  bigint      generated always as identity primary key,
  message_id   uuid        not null default gen_random_uuid(),
  webhook_id   uuid        not null references jobs.webhook,
  -- No reference: the job may be pruned before its deliveries are done.
  job_id       uuid        not null,
  event        text        not null,
  happened_at  timestamptz not null,
  -- Attempts end some time after this.
  begun_at     timestamptz not null default clock_timestamp(),
  due_at       timestamptz not null default clock_timestamp(),
  attempts     integer     not null default 0,
  lease_owner  text,
  lease_until  timestamptz,
  last_error   text,
  failed_at    timestamptz,
  check ((lease_owner is null) = (lease_until is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
comment on column jobs.webhook_delivery.failed_at is 'when it was given up; null: it is still to be delivered. Delivered ones are deleted';
comment on column jobs.webhook_delivery.message_id is 'the same for each attempt; receivers recognise repetitions by it';
-- What is due for each webhook, and which delivery of a job is the first.
create index webhook_delivery_due on jobs.webhook_delivery (webhook_id, due_at, delivery_id) where failed_at is null;
create index webhook_delivery_in_order on jobs.webhook_delivery (webhook_id, job_id, delivery_id) where failed_at is null;
-- As many rows as there are deliveries under way.
create index webhook_delivery_leased on jobs.webhook_delivery (lease_until) where lease_until is not null;
create index webhook_delivery_begun on jobs.webhook_delivery (begun_at) where failed_at is null;
create index webhook_delivery_failed on jobs.webhook_delivery (webhook_id, delivery_id) where failed_at is not null;
create index webhook_delivery_given_up on jobs.webhook_delivery (failed_at) where failed_at is not null;

-- A status that this release does not know is an event of the same name. A delivery behind others of its job is not due before them;
-- otherwise what waits for a receiver that is away would be looked at again and again.
create function jobs.write_webhook_deliveries() returns trigger language plpgsql as $$
begin
  if exists (select from jobs.webhook where deleted_at is null) then
    insert into jobs.webhook_delivery (webhook_id, job_id, event, happened_at, due_at)
    select w.webhook_id, t.job_id, e.event, t.changed_at,
           coalesce((select max(d.due_at) from jobs.webhook_delivery d
                      where d.webhook_id = w.webhook_id and d.job_id = t.job_id and d.failed_at is null),
                    clock_timestamp())
      from written t
      join jobs.job j on j.job_id = t.job_id
     cross join lateral (values
             (1, case when t.to_status = 'scheduled' and t.from_status is null then 'accepted'
                      when t.to_status = 'active' and t.from_status = 'scheduled' then 'started'
                      when t.to_status in ('scheduled', 'active') then 'resumed'
                      when t.to_status = 'awaiting_approval' then 'approval_wanted'
                      else t.to_status end),
             (2, 'items_failed'),
             (3, 'left_over')) as e (n, event)
      join jobs.webhook w
        on w.deleted_at is null and e.event = any(w.events) and (w.kinds = '{}' or j.kind = any(w.kinds))
     where case e.n
             when 1 then true
             when 2 then t.to_status in ('completed', 'failed', 'cancelled')
                         and exists (select from jobs.failure f where f.job_id = t.job_id)
             else t.to_status in ('completed', 'failed', 'cancelled')
                  and exists (select from jobs.target g where g.job_id = t.job_id and g.verdict <> 'gone' and g.verdict = 'left-over')
           end
     order by t.transition_id, e.n;
  end if;
  return null;
end $$;
create trigger webhook_deliveries after insert on jobs.transition
  referencing new table as written for each statement execute function jobs.write_webhook_deliveries();
