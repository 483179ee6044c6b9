-- What jobs that redact some of a user's events choose them by (docs/http.md).

-- Whether the body of an event has a text, in any letter case; null if the event has no body. PostgreSQL refuses some escapes that clients
-- may send, such as \u0000: then the text is looked for in the JSON as it is written.
-- Not safe in parallel workers, which may not go on after an error.
create function homeserver.body_contains(content json, part text) returns boolean language plpgsql immutable strict as $$
begin
  return position(lower(part collate pg_c_utf8) in lower((content ->> 'body') collate pg_c_utf8)) > 0;
exception when others then
  return position(lower(part collate pg_c_utf8) in lower(content::text collate pg_c_utf8)) > 0;
end $$;
