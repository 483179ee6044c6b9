-- Gateways listen to this channel and end what runs with a revoked token at once. A trigger tells it, so that nobody who deletes a token
-- can forget to: the API, the verbs, an older gateway, or a hand in psql. The payload is the id of the token, no secret.
create function access.tell_revocation() returns trigger language plpgsql as $$
begin
  perform pg_notify('bailiff_revoked_tokens', left(encode(old.token_sha256, 'hex'), 16));
  return null;
end
$$;

create trigger operator_token_revoked after delete on access.operator_token
  for each row execute function access.tell_revocation();
