alter table access.operator_token add column scope text not null default 'all';
