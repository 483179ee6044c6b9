package dev.bailiff.homeserver.store.history;

/**
 * A place in a room's history: by depth, and by arrival among events of one depth. A place lies
 * before the event that has these numbers.
 */
record HistoryPlace(long depth, long arrival) {

  /** Before all events of a depth. */
  static HistoryPlace before(long depth) {
    return new HistoryPlace(depth, Long.MIN_VALUE);
  }

  /** Right behind an event. */
  static HistoryPlace behind(long depth, long arrival) {
    return new HistoryPlace(depth, arrival + 1);
  }
}
