package dev.bailiff.homeserver.redaction;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a user are redacted. Of memberships, only joins are.
 *
 * @param types types of events
 * @param afterAt lower bound of the event's own time, ms since the epoch, inclusive; null for none
 * @param beforeAt upper bound of the event's own time, ms since the epoch, inclusive; null for none
 * @param contains text that the body contains, in any letter case; null for any body or none
 */
public record EventConditions(
    List<String> types,
    @Nullable Long afterAt,
    @Nullable Long beforeAt,
    @Nullable String contains) {
  /** The types that are redacted unless others are named (admin-api 4.34). */
  public static final List<String> USUAL_TYPES =
      List.of("m.room.message", "m.room.encrypted", "m.room.member");

  public EventConditions {
    types = List.copyOf(types);
  }

  /** Conditions as a request has them: without types, the usual ones are meant. */
  public static EventConditions of(
      @Nullable List<String> types,
      @Nullable Long afterAt,
      @Nullable Long beforeAt,
      @Nullable String contains) {
    return new EventConditions(types == null ? USUAL_TYPES : types, afterAt, beforeAt, contains);
  }

  /** Events of the usual types between two times. */
  public static EventConditions between(@Nullable Long afterAt, @Nullable Long beforeAt) {
    return new EventConditions(USUAL_TYPES, afterAt, beforeAt, null);
  }

  /** Whether events are chosen by more than the times. */
  public boolean choose() {
    return contains != null || !types.equals(USUAL_TYPES);
  }

  /** Whether a time is between the bounds. */
  public boolean allowTime(long at) {
    return (afterAt == null || at >= afterAt) && (beforeAt == null || at <= beforeAt);
  }

  /** Whether a body has the text, if one is asked for. */
  public boolean allowBody(@Nullable String body) {
    return contains == null
        || body != null
            && body.toLowerCase(Locale.ROOT).contains(contains.toLowerCase(Locale.ROOT));
  }
}
