-- A segment that waits for the homeserver, and how often in a row: the wait grows with it, and its job shows it. No batch was committed
-- since. Zero for all others, so that the batches of a homeserver that answers stay heap-only updates and the index stays empty.
alter table jobs.segment add column homeserver_waits integer not null default 0;
comment on column jobs.segment.homeserver_waits is 'how often in a row the homeserver was away; a committed batch clears it';
create index segment_waiting on jobs.segment (job_id) where homeserver_waits > 0 and status in ('ready', 'leased');
