package dev.bailiff.job.store;

import dev.bailiff.secret.Secret;
import dev.bailiff.secret.Sha256;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Tokens of Bailiff's own, tied to no account of the homeserver and valid for every call. They
 * exist only as SHA-256.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one statement.
 */
public final class OperatorTokens {
  private final Jdbi jdbi;

  public OperatorTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The name of a token, if it is known. */
  public Optional<String> find(byte[] sha256) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select name from jobs.operator_token where token_sha256 = :sha256")
                .bind("sha256", sha256)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Makes a new token and stores its digest.
   *
   * @return the token, which is nowhere else: whoever loses it needs another
   */
  public String issue(String name) {
    String token = Secret.random();
    add(name, Sha256.of(token));
    return token;
  }

  /** Stores a token under a name for people; storing it again renames it. */
  public void add(String name, byte[] sha256) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into jobs.operator_token (token_sha256, name) values (:sha256, :name)
                    on conflict (token_sha256) do update set name = excluded.name
                    """)
                .bind("sha256", sha256)
                .bind("name", name)
                .execute());
  }
}
