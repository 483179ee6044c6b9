package dev.bailiff.access;

import dev.bailiff.secret.Secret;
import dev.bailiff.secret.Sha256;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Bailiff's own tokens, tied to no account of the homeserver and valid for every call. The database
 * has only their SHA-256.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one statement.
 */
public final class OperatorTokens {
  private final Jdbi jdbi;

  public OperatorTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The record of a token, without the token itself.
   *
   * @param id the first 16 hexadecimal digits of its digest, from which nobody can derive the token
   * @param lastUsedAt time of a use up to five minutes before the last one; empty if the token was
   *     never used
   */
  public record Issued(String id, String name, Instant createdAt, Optional<Instant> lastUsedAt) {}

  /**
   * The name of a token; empty for an unknown one. The same statement records the use, at most once
   * in five minutes for each token.
   */
  public Optional<String> find(byte[] sha256) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with used as (
                      update access.operator_token set last_used_at = clock_timestamp()
                       where token_sha256 = :sha256
                         and (last_used_at is null or last_used_at not between clock_timestamp() - interval '5 minutes' and clock_timestamp()))
                    select name from access.operator_token where token_sha256 = :sha256
                    """)
                .bind("sha256", sha256)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Makes a new token and stores its digest.
   *
   * @return the token. Only its digest is stored, so a lost token must be replaced by a new one.
   */
  public String issue(String name) {
    String token = Secret.random();
    add(name, Sha256.of(token));
    return token;
  }

  /** Stores a token under a name that people read; storing the same token again renames it. */
  public void add(String name, byte[] sha256) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into access.operator_token (token_sha256, name) values (:sha256, :name)
                    on conflict (token_sha256) do update set name = excluded.name
                    """)
                .bind("sha256", sha256)
                .bind("name", name)
                .execute());
  }

  /** The id of a token: the first 16 hexadecimal digits of its digest. */
  public static String id(String token) {
    return HexFormat.of().formatHex(Sha256.of(token)).substring(0, 16);
  }

  /** All tokens, oldest first. People make tokens by hand, so there are few. */
  public List<Issued> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select left(encode(token_sha256, 'hex'), 16) as id, name, created_at, last_used_at
                      from access.operator_token order by created_at, token_sha256
                    """)
                .map(
                    (rs, ctx) ->
                        new Issued(
                            rs.getString("id"),
                            rs.getString("name"),
                            rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                            Optional.ofNullable(rs.getObject("last_used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list());
  }

  /**
   * Revokes tokens: no call with one of them is admitted from then on.
   *
   * @param named an id, or a name, which several tokens may have
   * @return the ids of the revoked tokens
   */
  public List<String> revoke(String named) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    delete from access.operator_token
                     where left(encode(token_sha256, 'hex'), 16) = :named or name = :named
                    returning left(encode(token_sha256, 'hex'), 16)
                    """)
                .bind("named", named)
                .mapTo(String.class)
                .list());
  }
}
