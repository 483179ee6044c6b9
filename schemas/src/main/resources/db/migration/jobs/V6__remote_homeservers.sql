-- A verification may find out nothing: a homeserver over an API cannot answer each question. All rows that are there meet the
-- constraint, so nobody has to wait for a check of them.
alter table jobs.target drop constraint target_verdict_check;
alter table jobs.target add constraint target_verdict_check check (verdict in ('gone', 'left-over', 'unknown')) not valid;

-- Tasks of the homeserver that jobs started, by the homeserver's id: lists of tasks leave them out, as the job stands for them.
create index reply_item_by_homeserver_task on jobs.reply_item (item) where list = 'synapse_tasks';
