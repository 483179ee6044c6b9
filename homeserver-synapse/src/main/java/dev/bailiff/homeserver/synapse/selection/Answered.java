package dev.bailiff.homeserver.synapse.selection;

import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.RoomCondition;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.filter.UserCondition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which conditions the admin API of Synapse answers, and at what cost. */
final class Answered {

  /** Told by a call about each target. All others are told by a list. */
  private static final Set<Condition> BY_CALL =
      Set.of(
          UserCondition.SUSPENDED,
          UserCondition.APPSERVICE,
          UserCondition.HAS_THREEPID,
          UserCondition.IP,
          RoomCondition.TOPIC,
          RoomCondition.BLOCKED);

  private static final Map<Condition, String> REFUSED =
      Map.of(
          UserCondition.SPOKE,
          "Synapse's admin API does not tell whether a user wrote anything",
          RoomCondition.NO_ACTIVITY_SINCE,
          "Synapse's admin API does not tell when a room was last written in",
          RoomCondition.LEFT_OVER,
          "Synapse's lists leave out rooms that nobody of this server ever joined");

  private static final String WAY_OUT =
      "; a read-only query in Synapse's database would, which this release does not make";

  private Answered() {}

  static Optional<String> refusal(Condition condition) {
    return Optional.ofNullable(REFUSED.get(condition)).map(why -> why + WAY_OUT);
  }

  /** Whether a list tells the condition. */
  static boolean byList(Condition condition) {
    return !BY_CALL.contains(condition);
  }

  /** Whether a filter needs calls about each target. */
  static boolean needsCalls(TargetFilter filter) {
    return BY_CALL.stream().anyMatch(filter::asks);
  }
}
