alter table jobs.job add column urgency smallint not null default 0;
create index job_urgency on jobs.job (urgency);
