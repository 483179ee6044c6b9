package dev.bailiff.homeserver.store.media;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Copies of media of other servers.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class RemoteMedia {

  static final String FIND =
      "select * from homeserver.remote_media where origin = :origin and media_id = :mediaId";

  /** Skips locked rows, which are in use just now; the next call finds them. */
  static final String PURGE =
      """
      delete from homeserver.remote_media r
      using (select m.origin, m.media_id
             from homeserver.remote_media m
             where m.quarantined_by is null and coalesce(m.last_access_at, m.created_at) < :before
             order by coalesce(m.last_access_at, m.created_at)
             limit :limit
             for update skip locked) old
      where r.origin = old.origin and r.media_id = old.media_id
      """;

  private static final int PURGED_AT_ONCE = 5_000;

  private final Jdbi jdbi;

  public RemoteMedia(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The record of a copy. */
  public Optional<RemoteMedium> find(String origin, String mediaId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("origin", origin)
                .bind("mediaId", mediaId)
                .map(ConstructorMapper.of(RemoteMedium.class))
                .findOne());
  }

  /**
   * Deletes copies that nobody accessed since a time, except those in quarantine (admin-api 5.16).
   * A crash leaves the rest for the next call.
   *
   * @param before ms since the epoch
   * @return how many copies were deleted
   */
  public long purge(long before) {
    long deleted = 0;
    int last;
    do {
      last =
          jdbi.withHandle(
              handle ->
                  handle
                      .createUpdate(PURGE)
                      .bind("before", before)
                      .bind("limit", PURGED_AT_ONCE)
                      .execute());
      deleted += last;
    } while (last == PURGED_AT_ONCE);
    return deleted;
  }
}
