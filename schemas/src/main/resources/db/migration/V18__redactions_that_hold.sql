-- Whether the right to redact is still to be checked when the target is read: the redaction arrived before its target, or its sender
-- had no power in the room. Redactions that are here already were taken for valid ones; a new import of the snapshot says which are not.
alter table homeserver.redaction add column recheck boolean not null default false;
