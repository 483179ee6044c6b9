package dev.bailiff.homeserver.store.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a kind a second import leaves alone, as Bailiff changed or deleted the rows that
 * they describe (migration {@code R__own_changes.sql}).
 *
 * @param marked whether the table's rows say that they were changed here
 * @param left SQL conditions over a record {@code n}; whatever meets one of them is left alone
 */
record Protection(boolean marked, List<String> left) {
  static final Protection NONE = new Protection(false, List.of());

  /** The table has {@code changed_here}. */
  Protection orMarked() {
    return new Protection(true, left);
  }

  /** A record with this id was deleted here. */
  Protection orRemoved(String kind, String id) {
    return or(
        "exists (select from homeserver.removed x where x.kind = '%s' and x.id = homeserver.removed_id(%s))"
            .formatted(kind, id));
  }

  /** It is of a room that was deleted here. */
  Protection orOfRemovedRoom() {
    return orRemoved("room", "n.room_id");
  }

  /** It is of the current state of a room that everybody left here. */
  Protection orOfLeftRoom() {
    return orRemoved("current_state", "n.room_id");
  }

  /** It is of an account that was closed here. */
  Protection orOfClosedAccount() {
    return or(
        "exists (select from homeserver.account a"
            + " where a.user_id = n.user_id and a.deactivated and a.changed_here)");
  }

  private Protection or(String condition) {
    var all = new ArrayList<>(left);
    all.add(condition);
    return new Protection(marked, List.copyOf(all));
  }

  /** Any of the conditions; null if there are none. */
  @Nullable String condition() {
    return left.isEmpty() ? null : left.stream().collect(Collectors.joining("\n  or ", "(", ")"));
  }

  boolean isNone() {
    return !marked && left.isEmpty();
  }
}
