package dev.bailiff.testing.homeserver;

import dev.bailiff.secret.Sha256;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Accounts of the own store, and the rows of their sessions. */
public record UserRows(Jdbi jdbi) {
  private static final long CREATED = 1_700_000_000_000L;

  /** An account that has nothing but an id; returns the id. */
  public String account(String user) {
    return account(user, CREATED);
  }

  public String account(String user, long createdAt) {
    execute("insert into homeserver.account (user_id, created_at) values (?, ?)", user, createdAt);
    return user;
  }

  /** A token without a device. */
  public void token(String user, String token) {
    token(user, null, token, null);
  }

  /**
   * @param device may be null, and need not exist
   * @param validUntil ms since the epoch; null if the token does not run out
   */
  public void token(String user, @Nullable String device, String token, @Nullable Long validUntil) {
    execute(
        """
        insert into homeserver.access_token (token_sha256, user_id, device_id, valid_until_at)
        values (?, ?, ?, ?)
        """,
        Sha256.of(token),
        user,
        device,
        validUntil);
  }

  /** A device, unless there is one with this id. */
  public void device(String user, String device) {
    execute(
        """
        insert into homeserver.device (user_id, device_id) values (?, ?) on conflict do nothing
        """,
        user,
        device);
  }

  /** A device that holds a cross-signing key, unless there is one with this id. */
  public void hiddenDevice(String user, String device) {
    execute(
        """
        insert into homeserver.device (user_id, device_id, hidden) values (?, ?, true)
        on conflict do nothing
        """,
        user,
        device);
  }

  /** A use of a device, which may be null, from an address. */
  public void connection(String user, @Nullable String device, String ip, long at) {
    execute("insert into homeserver.connection values (?, ?, ?, 'x', ?)", user, device, ip, at);
  }

  private void execute(String sql, @Nullable Object... arguments) {
    jdbi.useHandle(handle -> handle.execute(sql, arguments));
  }
}
