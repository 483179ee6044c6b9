package dev.bailiff.homeserver.store.event;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Media of the own store that a job may delete along with the events that show them. */
public final class DeletableMedia {

  /** Whether a content may name a medium; the others are not sent to this process. */
  static final String CONTENT =
      "case when e.content::text like '%mxc:%' then e.content end as content";

  /**
   * Those of some media that could be deleted: files of this server and copies of others', neither
   * in quarantine nor protected.
   */
  public static final String DELETABLE =
      """
      select n.uri
      from unnest(:uris::text[]) as n (uri)
      cross join lateral (
        select split_part(n.uri, '/', 3) as origin, split_part(n.uri, '/', 4) as media_id) m
      where case when m.origin = :server
        then exists (select from homeserver.local_media l
                     where l.media_id = m.media_id and l.quarantined_by is null and not l.safe_from_quarantine)
        else exists (select from homeserver.remote_media r
                     where r.origin = m.origin and r.media_id = m.media_id and r.quarantined_by is null) end
      """;

  private DeletableMedia() {}

  /** Those of some media that could be deleted. */
  public static List<String> of(Handle handle, String server, Set<String> uris) {
    if (uris.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(DELETABLE)
        .bindArray("uris", String.class, uris)
        .bind("server", server)
        .mapTo(String.class)
        .list();
  }
}
