-- The meaning of a job's targets, as lists of items beside each target. The kind of a job names its lists. Examples: the rooms of a
-- user when a redaction was accepted, the media of a page of a user's media, the avatars that a deletion of media keeps. One table
-- replaces one for rooms and one for media, so that a kind of job needs no table of its own.
create table jobs.target_item (
  job_id   uuid    not null references jobs.job on delete cascade,
  target_n integer not null,
  list     text    not null collate "C",
  item     text    not null collate "C",
  primary key (job_id, target_n, list, item)
);
drop table jobs.target_room;
drop table jobs.target_media;
