package dev.bailiff.homeserver.synapse.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.media.MediaMentions;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a redaction in a room: what one user sent of the types that a redaction covers,
 * oldest first. A redacted event has no body any more, so where a text is asked for, all that are
 * redacted are candidates: places in a list stay the same while its events are redacted. Read
 * forwards: backwards, Synapse may ask other servers for history while the call waits.
 */
record Candidates(RoomCalls rooms) {

  /** Events of a page. */
  static final int PAGE = 250;

  private record Filter(List<String> senders, List<String> types) {}

  /**
   * A candidate.
   *
   * @param open whether it is to be redacted: not redacted, and no membership but a join
   * @param shows the media that it shows
   */
  record Candidate(String id, long at, boolean open, Set<String> shows) {}

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
   */
  Page page(String user, String room, @Nullable String from, EventConditions conditions) {
    var filter = CursorJson.text(new Filter(List.of(user), conditions.types()));
    var page = rooms.messages(room, from, PAGE, filter);
    return new Page(
        page.events().stream()
            .filter(event -> conditions.allowTime(at(event)))
            .filter(event -> isRedacted(event) || conditions.allowBody(body(event)))
            .map(Candidates::candidate)
            .toList(),
        page.end());
  }

  /** The candidates of a range. */
  List<Candidate> of(EventRange range) {
    var page = page(range.user(), range.room(), range.from(), range.conditions()).candidates();
    return page.subList(Math.min(range.skip(), page.size()), page.size());
  }

  private static Candidate candidate(JsonNode event) {
    boolean otherMembership =
        "m.room.member".equals(event.path("type").asText())
            && !"join".equals(event.path("content").path("membership").asText());
    return new Candidate(
        event.path("event_id").asText(),
        at(event),
        !isRedacted(event) && !otherMembership,
        MediaMentions.shown(event.path("content")));
  }

  private static boolean isRedacted(JsonNode event) {
    return event.path("unsigned").has("redacted_because");
  }

  private static long at(JsonNode event) {
    return event.path("origin_server_ts").asLong();
  }

  private static @Nullable String body(JsonNode event) {
    return event.path("content").path("body").textValue();
  }
}
