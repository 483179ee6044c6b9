package dev.bailiff.homeserver.synapse.deactivation;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rooms that closed accounts have left to leave, by number of the user, as one look after the
 * other finds them. One thread.
 */
final class RoomsLeft {
  private final Map<Integer, Long> rooms = new TreeMap<>();
  private long learned;

  /**
   * @param users all users whose rooms count
   * @param before what the look before found; 0 or no entry for users whom it did not reach
   */
  RoomsLeft(List<Target> users, Map<Integer, Long> before) {
    users.forEach(user -> rooms.put(user.number(), before.getOrDefault(user.number(), 0L)));
  }

  static long sum(Map<Integer, Long> rooms) {
    return rooms.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Notes the rooms of users.
   *
   * @param found rooms of the first of these users
   * @return whether any of them has not the same number as before
   */
  boolean put(List<Target> users, List<Long> found) {
    boolean changed = false;
    for (int n = 0; n < found.size(); n++) {
      int user = users.get(n).number();
      long count = found.get(n);
      long before = rooms.getOrDefault(user, 0L);
      changed |= before != count;
      if (before == 0) {
        learned += count;
      }
      if (count == 0) {
        rooms.remove(user);
      } else {
        rooms.put(user, count);
      }
    }
    return changed;
  }

  /** Users who have rooms left, and users whom no look has reached, with 0. */
  Map<Integer, Long> rooms() {
    return rooms;
  }

  /** All rooms that are left, as far as looks have reached. */
  long left() {
    return sum(rooms);
  }

  /** Rooms of users whom no look had reached before. */
  long learned() {
    return learned;
  }
}
