package dev.bailiff.homeserver.store.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Media in the contents of events. What an event <em>shows</em> stands under the keys by which
 * clients show files; what it <em>names</em> may stand anywhere, as in the text of a message. Only
 * what is shown is ever deleted, and whatever is named stays. Of encrypted events neither can be
 * read.
 */
public final class MediaMentions {

  /** Whether a content may name a medium; the others are not sent to this process. */
  public static final String CONTENT =
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

  private static final Pattern URI =
      Pattern.compile("mxc://[A-Za-z0-9.:\\[\\]-]+/[A-Za-z0-9_=~-]+");

  private static final List<String> SHOWN =
      List.of(
          "/url", "/avatar_url", "/file/url", "/info/thumbnail_url", "/info/thumbnail_file/url");

  private MediaMentions() {}

  /** The media that a content shows. */
  public static Set<String> shown(JsonNode content) {
    var shown = new LinkedHashSet<String>();
    for (String pointer : SHOWN) {
      var text = content.at(pointer).textValue();
      if (text != null && URI.matcher(text).matches()) {
        shown.add(text);
      }
    }
    return shown;
  }

  /** The media that a content names anywhere. */
  public static Set<String> named(JsonNode content) {
    var named = new LinkedHashSet<String>();
    addNamed(content, named);
    return named;
  }

  private static void addNamed(JsonNode node, Set<String> named) {
    if (node.isTextual()) {
      URI.matcher(node.textValue()).results().forEach(match -> named.add(match.group()));
    }
    node.forEach(child -> addNamed(child, named));
  }

  /** Those of some media that could be deleted. */
  public static List<String> deletable(Handle handle, String server, Set<String> uris) {
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
