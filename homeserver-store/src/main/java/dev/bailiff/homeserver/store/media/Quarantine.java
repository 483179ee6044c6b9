package dev.bailiff.homeserver.store.media;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Puts media into quarantine and takes them out (admin-api 5.17 to 5.22). Quarantine goes by
 * content: all media with the digest of a named medium change together with it. Protected media are
 * never quarantined, and media with their content are not quarantined because of them. Files stay
 * where they are.
 *
 * <p>Many media are changed a portion at a time, each portion with its entries in the list of
 * changes; a crash leaves whole portions, and the call can be repeated.
 *
 * <p><b>Concurrency:</b> thread-safe; one portion is changed at a time.
 */
public final class Quarantine {

  /** A change that a call made; the positions of later changes are higher. */
  public record Change(long position, @Nested MediaName medium, boolean quarantined) {}

  private static final int PORTION = 2_000;

  private final Jdbi jdbi;

  public Quarantine(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Quarantines media, and all media with the same content.
   *
   * @param server name of our server
   * @param by the user who does so
   * @return how many media were quarantined, including those that were in quarantine already
   */
  public long add(List<MediaName> media, String server, String by) {
    return jdbi.inTransaction(handle -> change(handle, media, server, by));
  }

  /** Takes media, and all media with the same content, out of quarantine. */
  public void remove(List<MediaName> media, String server) {
    jdbi.useTransaction(handle -> change(handle, media, server, null));
  }

  /**
   * Quarantines the uploads of a user that are not in quarantine yet.
   *
   * @return how many media were quarantined
   */
  public long addOfUser(String userId, String server, String by) {
    long touched = 0;
    String after = "";
    List<String> portion;
    do {
      portion = openOfUser(userId, after);
      if (!portion.isEmpty()) {
        touched += add(portion.stream().map(id -> new MediaName(server, id)).toList(), server, by);
        after = portion.get(portion.size() - 1);
      }
    } while (portion.size() == PORTION);
    return touched;
  }

  /**
   * Quarantines a portion of many media, without those that were changed since a position: these
   * were in an earlier portion, or share their content with a medium of an earlier portion.
   */
  public long addUnchanged(List<MediaName> media, long since, String server, String by) {
    return jdbi.inTransaction(
        handle -> {
          handle.execute(QuarantineSql.ALONE);
          List<MediaName> unchanged =
              handle
                  .createQuery(QuarantineSql.UNCHANGED)
                  .bindArray(
                      "origins", String.class, media.stream().map(MediaName::origin).toArray())
                  .bindArray(
                      "mediaIds", String.class, media.stream().map(MediaName::mediaId).toArray())
                  .bind("since", since)
                  .map(ConstructorMapper.of(MediaName.class))
                  .list();
          return change(handle, unchanged, server, by);
        });
  }

  /**
   * Protects a local medium from quarantine, or ends the protection. A medium in quarantine stays
   * there.
   *
   * @return whether the medium exists
   */
  public boolean protect(String mediaId, boolean safe) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(QuarantineSql.PROTECT)
                    .bind("safe", safe)
                    .bind("mediaId", mediaId)
                    .execute()
                > 0);
  }

  /** Position of the newest change; 1 if there are no changes. */
  public long newest() {
    return jdbi.withHandle(Quarantine::newest);
  }

  /** Changes behind a position, oldest first. */
  public List<Change> changes(long after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(QuarantineSql.CHANGES)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Change.class))
                .list());
  }

  private List<String> openOfUser(String userId, String after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(QuarantineSql.OPEN_OF_USER)
                .bind("userId", userId)
                .bind("after", after)
                .bind("limit", PORTION)
                .mapTo(String.class)
                .list());
  }

  private static long change(
      Handle handle, List<MediaName> media, String server, @Nullable String by) {
    handle.execute(QuarantineSql.ALONE);
    Object[] localIds =
        media.stream()
            .filter(name -> name.origin().equals(server))
            .map(MediaName::mediaId)
            .toArray();
    List<MediaName> remote = media.stream().filter(name -> !name.origin().equals(server)).toList();
    Object[] origins = remote.stream().map(MediaName::origin).toArray();
    Object[] remoteIds = remote.stream().map(MediaName::mediaId).toArray();
    Object[] digests =
        handle
            .createQuery(QuarantineSql.DIGESTS)
            .bindArray("localIds", String.class, localIds)
            .bindArray("origins", String.class, origins)
            .bindArray("remoteIds", String.class, remoteIds)
            .bind("userId", by)
            .mapTo(String.class)
            .list()
            .toArray();
    List<MediaName> changed = new ArrayList<>();
    handle
        .createQuery(QuarantineSql.LOCAL)
        .bindArray("localIds", String.class, localIds)
        .bindArray("digests", String.class, digests)
        .bind("userId", by)
        .mapTo(String.class)
        .forEach(id -> changed.add(new MediaName(server, id)));
    handle
        .createQuery(QuarantineSql.REMOTE)
        .bindArray("origins", String.class, origins)
        .bindArray("remoteIds", String.class, remoteIds)
        .bindArray("digests", String.class, digests)
        .bind("userId", by)
        .map(ConstructorMapper.of(MediaName.class))
        .forEach(changed::add);
    note(handle, changed, by != null);
    return changed.size();
  }

  private static void note(Handle handle, List<MediaName> changed, boolean quarantined) {
    handle
        .createUpdate(QuarantineSql.NOTE)
        .bind("newest", newest(handle))
        .bindArray("origins", String.class, changed.stream().map(MediaName::origin).toArray())
        .bindArray("mediaIds", String.class, changed.stream().map(MediaName::mediaId).toArray())
        .bind("quarantined", quarantined)
        .execute();
  }

  private static long newest(Handle handle) {
    return handle.createQuery(QuarantineSql.NEWEST).mapTo(Long.class).one();
  }
}
