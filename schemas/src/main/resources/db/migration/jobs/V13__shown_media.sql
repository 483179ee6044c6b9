-- The files that the redacted or purged events of a job show (docs/http.md), found by the file: what something else shows is taken out of
-- the lists of all targets.
create index target_item_shown_media on jobs.target_item (job_id, item) where list = 'shown_media';
