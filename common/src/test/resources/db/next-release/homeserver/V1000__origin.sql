alter table homeserver.account add column origin text;
update homeserver.account set origin = 'snapshot' where not changed_here;
