-- Who made a token, who made that one's token, and so on, nearest first: none of them is somebody else to the token, also when tokens
-- between them were revoked.
alter table access.operator_token add column makers text[] not null default '{}';
update access.operator_token set makers = array[made_by] where made_by is not null;
