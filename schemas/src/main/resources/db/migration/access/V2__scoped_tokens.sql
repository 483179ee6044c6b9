-- What a token may, and within which bounds. Tokens of before have no scopes: they keep what they could do then.
alter table access.operator_token
  add column scopes            text[],
  add column target_patterns   text[] not null default '{}', -- none: any target
  add column most_targets      integer check (most_targets > 0),
  add column networks          text[] not null default '{}', -- in CIDR notation; none: from anywhere
  add column expires_at        timestamptz,
  add column description       text   not null default '',
  add column made_by           text,                         -- who asked for it over HTTP
  add column last_used_address text,
  -- Whether it is the one in a data folder's admin-token. A new file takes the old one away.
  add column of_folder         boolean not null default false;
