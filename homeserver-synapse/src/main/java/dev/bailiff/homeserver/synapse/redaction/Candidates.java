package dev.bailiff.homeserver.synapse.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a redaction in a room: what one user sent of the three types that a redaction
 * covers, oldest first. Read forwards: backwards, Synapse may ask other servers for history while
 * the call waits.
 */
record Candidates(RoomCalls rooms) {

  /** Events of a page. */
  static final int PAGE = 250;

  private static final List<String> TYPES =
      List.of("m.room.message", "m.room.encrypted", "m.room.member");

  private record Filter(List<String> senders, List<String> types) {}

  /**
   * A candidate.
   *
   * @param open whether it is to be redacted: not redacted, and no membership but a join
   */
  record Candidate(String id, long at, boolean open) {}

  /**
   * A page of candidates.
   *
   * @param next where the next page begins; null at the end of the room
   */
  record Page(List<Candidate> candidates, @Nullable String next) {}

  /**
   * Reads a page.
   *
   * @param from null for the start of the room
   * @param afterAt null for no bound; inclusive
   * @param beforeAt null for no bound; inclusive
   */
  Page page(
      String user,
      String room,
      @Nullable String from,
      @Nullable Long afterAt,
      @Nullable Long beforeAt) {
    var filter = CursorJson.text(new Filter(List.of(user), TYPES));
    var page = rooms.messages(room, from, PAGE, filter);
    return new Page(
        page.events().stream()
            .map(Candidates::candidate)
            .filter(event -> afterAt == null || event.at() >= afterAt)
            .filter(event -> beforeAt == null || event.at() <= beforeAt)
            .toList(),
        page.end());
  }

  /** The candidates of a range. */
  List<Candidate> of(EventRange range) {
    var page =
        page(range.user(), range.room(), range.from(), range.afterAt(), range.beforeAt())
            .candidates();
    return page.subList(Math.min(range.skip(), page.size()), page.size());
  }

  private static Candidate candidate(JsonNode event) {
    boolean redacted = event.path("unsigned").has("redacted_because");
    boolean otherMembership =
        "m.room.member".equals(event.path("type").asText())
            && !"join".equals(event.path("content").path("membership").asText());
    return new Candidate(
        event.path("event_id").asText(),
        event.path("origin_server_ts").asLong(),
        !redacted && !otherMembership);
  }
}
