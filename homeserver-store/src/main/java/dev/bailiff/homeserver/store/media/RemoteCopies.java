package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.media.MediaUri;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Copies of some media of other servers, within a transaction. The store keeps records of copies,
 * and no files.
 */
record RemoteCopies(Handle handle, List<String> origins, List<String> ids) {

  static final String LEFT =
      """
      select r.origin, r.media_id
      from unnest(:origins::text[], :ids::text[]) as n (origin, media_id)
      join homeserver.remote_media r on r.origin = n.origin and r.media_id = n.media_id
      """;

  /** Locks in the order of the key, so that no two deletions wait for each other. */
  static final String LOCK =
      """
      select r.origin, r.media_id, r.quarantined_by is not null as quarantined
      from homeserver.remote_media r
      join unnest(:origins::text[], :ids::text[]) as n (origin, media_id)
        on r.origin = n.origin and r.media_id = n.media_id
      order by r.origin, r.media_id
      for update of r
      """;

  static final String DELETE =
      """
      delete from homeserver.remote_media r
      using unnest(:origins::text[], :ids::text[]) as n (origin, media_id)
      where r.origin = n.origin and r.media_id = n.media_id
      """;

  static RemoteCopies of(Handle handle, List<MediaUri> media) {
    return new RemoteCopies(
        handle,
        media.stream().map(MediaUri::server).toList(),
        media.stream().map(MediaUri::id).toList());
  }

  /** A copy whose record is locked. */
  record Locked(MediaUri medium, boolean quarantined) {}

  List<MediaUri> left() {
    return bind(handle.createQuery(LEFT))
        .map((rs, ctx) -> new MediaUri(rs.getString("origin"), rs.getString("media_id")))
        .list();
  }

  List<Locked> lock() {
    return bind(handle.createQuery(LOCK))
        .map(
            (rs, ctx) ->
                new Locked(
                    new MediaUri(rs.getString("origin"), rs.getString("media_id")),
                    rs.getBoolean("quarantined")))
        .list();
  }

  void delete() {
    bind(handle.createUpdate(DELETE)).execute();
  }

  private <S extends SqlStatement<S>> S bind(S statement) {
    return statement
        .bindArray("origins", String.class, origins)
        .bindArray("ids", String.class, ids);
  }
}
