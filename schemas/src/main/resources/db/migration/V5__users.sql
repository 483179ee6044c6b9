-- The user half of the admin API. Only additions: processes of the release before go on beside it.

-- Until when the key may be replaced without the user's password (admin-api 4.18), ms; null for never.
alter table homeserver.cross_signing_key add column replaceable_until_at bigint;

-- Invites that a user sent, counted from a time on (5.28): their membership events about others, few beside what they wrote. What
-- the event says of the membership is not in the index: JSON operators fail at escapes that clients may send, and a failing
-- index expression would refuse the event.
create index event_about_others on homeserver.event (sender, origin_server_ts)
  where type = 'm.room.member' and state_key <> sender;

-- Substrings of names, in any letter case, among a million accounts (4.3). Trigrams are an extension that an administrator of
-- the database may keep from us: without it the same statements read every account, which takes seconds instead of milliseconds.
do $$
begin
  create extension if not exists pg_trgm;
  create index account_user_id_trigrams on homeserver.account
    using gin (lower(user_id collate pg_c_utf8) gin_trgm_ops);
  create index account_displayname_trigrams on homeserver.account
    using gin (lower(displayname collate pg_c_utf8) gin_trgm_ops);
exception
  when insufficient_privilege or undefined_file or undefined_object or feature_not_supported then
    raise notice 'pg_trgm is not available: users are searched without an index';
end
$$;
