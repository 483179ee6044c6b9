package dev.bailiff.schemas.filter;

import dev.bailiff.schemas.filter.ConditionValue.Amount;
import dev.bailiff.schemas.filter.ConditionValue.Moment;

/** Conditions that nothing can meet together. Such a filter is a mistake, not a wish. */
final class FilterConflicts {
  private FilterConflicts() {}

  /** Refuses a filter that can find nothing. */
  static void refuse(TargetFilter filter) throws FilterException {
    refuseOrder(filter, UserCondition.CREATED_AFTER, UserCondition.CREATED_BEFORE);
    refuseOrder(filter, UserCondition.LAST_SEEN_AFTER, UserCondition.LAST_SEEN_BEFORE);
    refuseOrder(filter, MediaCondition.CREATED_AFTER, MediaCondition.CREATED_BEFORE);
    refuseSeenAndNever(filter, UserCondition.LAST_SEEN_AFTER);
    refuseSeenAndNever(filter, UserCondition.LAST_SEEN_BEFORE);
    var least = filter.value(RoomCondition.MEMBERS_AT_LEAST, Amount.class);
    var most = filter.value(RoomCondition.MEMBERS_AT_MOST, Amount.class);
    if (least.isPresent() && most.isPresent() && least.get().number() > most.get().number()) {
      throw FilterException.impossible("'members_at_least' is more than 'members_at_most'");
    }
  }

  private static void refuseOrder(TargetFilter filter, Condition after, Condition before)
      throws FilterException {
    var from = filter.value(after, Moment.class);
    var to = filter.value(before, Moment.class);
    if (from.isPresent() && to.isPresent() && !from.get().at().isBefore(to.get().at())) {
      throw FilterException.impossible(
          "'"
              + after.key()
              + "' is not earlier than '"
              + before.key()
              + "', so that nothing lies between them");
    }
  }

  private static void refuseSeenAndNever(TargetFilter filter, Condition seen)
      throws FilterException {
    if (filter.asks(seen) && !filter.allows(UserCondition.NEVER_SEEN, false)) {
      throw FilterException.impossible(
          "'"
              + seen.key()
              + "' and 'never_seen' exclude each other: who was never seen has no time");
    }
  }
}
