-- A lease remembers the delivered command through which it was taken (docs/decisions/0035). Whoever has that command
-- delivered later takes over what its former owner held: also the first segment of a stage which that owner opened, to
-- which no command of its own points.
--
-- through_lease is the epoch that the lease had then. Workers of the release before know none of these columns: a lease of
-- theirs has another epoch, and so remembers nothing.
alter table jobs.segment
  add column through_stage    smallint,
  add column through_segment  integer,
  add column through_epoch    integer,
  add column through_delivery integer,
  add column through_lease    integer;
comment on column jobs.segment.through_stage is 'stage of the command through which the lease was taken; likewise through_segment and through_epoch';
comment on column jobs.segment.through_delivery is 'how often that command had been delivered, 1-based';
comment on column jobs.segment.through_lease is 'epoch of the lease that these columns tell of; of another one they tell nothing';
