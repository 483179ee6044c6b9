package dev.bailiff.homeserver.store.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Media that events of a room name, page by page (admin-api 5.23). Media in encrypted events cannot
 * be read.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class RoomMedia {

  /**
   * Media of some events, newest first; a medium that several events name is listed several times.
   *
   * @param next where the next page begins; null after the last page
   */
  public record Page(List<MediaName> media, @Nullable Long next) {}

  static final String EVENTS =
      """
      select e.stream_ordering, e.content
      from homeserver.event e
      where e.room_id = :roomId and e.contains_url and e.stream_ordering < :below and not e.outlier
      order by e.stream_ordering desc
      limit :limit
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS_A_PAGE = 1_000;

  private final Jdbi jdbi;

  public RoomMedia(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A page of the room's media.
   *
   * @param below {@code next} of the previous page; null at the start
   */
  public Page page(String roomId, @Nullable Long below) {
    List<MediaName> media = new ArrayList<>();
    List<Long> orderings =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(EVENTS)
                    .bind("roomId", roomId)
                    .bind("below", below == null ? Long.MAX_VALUE : below)
                    .bind("limit", EVENTS_A_PAGE)
                    .map(
                        (rs, ctx) -> {
                          add(media, parse(rs.getString("content")));
                          return rs.getLong("stream_ordering");
                        })
                    .list());
    return new Page(
        media, orderings.size() < EVENTS_A_PAGE ? null : orderings.get(orderings.size() - 1));
  }

  /**
   * Adds the media of an event. If the event's own URL is no text, its thumbnail is ignored, too.
   */
  private static void add(List<MediaName> media, JsonNode content) {
    JsonNode url = content.path("url");
    if (url.isTextual()) {
      MediaName.parse(url.textValue()).ifPresent(media::add);
      JsonNode thumbnail = content.path("info").path("thumbnail_url");
      if (thumbnail.isTextual()) {
        MediaName.parse(thumbnail.textValue()).ifPresent(media::add);
      }
    }
  }

  /** Parses in Java, as PostgreSQL refuses some escapes that clients send. */
  private static JsonNode parse(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
