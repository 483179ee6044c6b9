package dev.bailiff.schemas.kind;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code redact-events} (admin-api 4.34).
 *
 * @param rooms rooms to redact in; empty means the rooms that each user is joined to or banned from
 *     when the job is accepted; {@link #EVERY_ROOM} alone means every room that the user ever wrote
 *     in
 * @param reason stored in every redaction
 * @param limit newest candidates per room; absent or 0 means 1000, and {@link #NO_LIMIT} all
 * @param useAdmin whether the admin redacts instead of the user
 * @param afterTs lower bound of an event's own time, ms since the epoch, inclusive; 0 counts as
 *     absent
 * @param beforeTs upper bound of an event's own time, ms since the epoch, inclusive
 * @param types types of events; absent means messages, encrypted ones, and joins
 * @param contains only events whose body contains this text, in any letter case, and then all of
 *     them: there is no limit
 * @param media one of {@link ShownMedia}; absent means that media stay
 */
public record RedactEventsParameters(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable List<String> rooms,
    @Nullable String reason,
    @Nullable Integer limit,
    @Nullable Boolean useAdmin,
    @Nullable Long afterTs,
    @Nullable Long beforeTs,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> types,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String contains,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String media) {

  /** In the place of a room: every room that the user ever wrote in. */
  public static final String EVERY_ROOM = "*";

  /** The limit that stands for no limit: no room holds more events. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  private static final int USUAL_LIMIT = 1000;

  /** What the admin API can ask for. */
  public RedactEventsParameters(
      @Nullable List<String> rooms,
      @Nullable String reason,
      @Nullable Integer limit,
      @Nullable Boolean useAdmin,
      @Nullable Long afterTs,
      @Nullable Long beforeTs) {
    this(rooms, reason, limit, useAdmin, afterTs, beforeTs, null, null, null);
  }

  /**
   * Newest candidates per room; null for all. All events with a text are meant: which were the
   * newest cannot be told when they are redacted.
   */
  public @Nullable Integer mostPerRoom() {
    if (contains != null || limit != null && limit == NO_LIMIT) {
      return null;
    }
    return limit == null || limit == 0 ? USUAL_LIMIT : limit;
  }

  /**
   * The lower bound of an event's own time; null for none. A call of the admin API may send 0 for
   * no bound, as Synapse's clients do (admin-api 4.34).
   */
  public @Nullable Long earliest() {
    return time(afterTs);
  }

  /** The upper bound of an event's own time; null for none. */
  public @Nullable Long latest() {
    return time(beforeTs);
  }

  private static @Nullable Long time(@Nullable Long millis) {
    return millis == null || millis == 0 ? null : millis;
  }

  /** Whether the rooms are those of each user at the moment when the job is accepted. */
  public boolean meansRoomsAtAcceptance() {
    return rooms == null || rooms.isEmpty() || meansEveryRoom();
  }

  /** Whether media that only the redacted events show are deleted. */
  public boolean deletesShownMedia() {
    return ShownMedia.isDeleted(media);
  }

  /** Whether the rooms are all that a user ever wrote in. */
  public boolean meansEveryRoom() {
    return rooms != null && rooms.equals(List.of(EVERY_ROOM));
  }
}
