package dev.bailiff.testing.homeserver;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Media of the own store, without their files. */
public record MediaRows(Jdbi jdbi) {

  /** A medium of a user; returns its id. */
  public String local(String id, String user, @Nullable Long length, long createdAt) {
    return local(id, user, length, createdAt, null);
  }

  /**
   * @param sha256 digest of the content, by which quarantine finds the same content; null if it is
   *     not known
   */
  public String local(
      String id, String user, @Nullable Long length, long createdAt, @Nullable String sha256) {
    execute(
        """
        insert into homeserver.local_media (media_id, user_id, media_length, created_at, sha256)
        values (?, ?, ?, ?, ?)
        """,
        id,
        user,
        length,
        createdAt,
        sha256);
    return id;
  }

  private void execute(String sql, @Nullable Object... arguments) {
    jdbi.useHandle(handle -> handle.execute(sql, arguments));
  }
}
