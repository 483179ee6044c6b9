package dev.bailiff.homeserver.store.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The records of a kind that a second import leaves alone, because Bailiff changed or deleted the
 * rows that they describe (migration {@code R__own_changes.sql}).
 *
 * @param marked whether the table has a column that marks rows changed here
 * @param left SQL conditions over a record {@code n}; a record that meets one of them is left alone
 */
record Protection(boolean marked, List<String> left) {
  static final Protection NONE = new Protection(false, List.of());

  /** Leaves rows alone that {@code changed_here} marks. */
  Protection orMarked() {
    return new Protection(true, left);
  }

  /** Leaves a record alone if a row with this id was deleted here. */
  Protection orRemoved(String kind, String id) {
    return or(
        "exists (select from homeserver.removed x where x.kind = '%s' and x.id = homeserver.removed_id(%s))"
            .formatted(kind, id));
  }

  /** Leaves a record alone if its room was deleted here. */
  Protection orOfRemovedRoom() {
    return orRemoved("room", "n.room_id");
  }

  /** Leaves a record of current state alone if everybody left its room here. */
  Protection orOfLeftRoom() {
    return orRemoved("current_state", "n.room_id");
  }

  /** Leaves a record alone if its account was closed here. */
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

  /** The conditions joined by "or"; null without conditions. */
  @Nullable String condition() {
    return left.isEmpty() ? null : left.stream().collect(Collectors.joining("\n  or ", "(", ")"));
  }

  boolean isNone() {
    return !marked && left.isEmpty();
  }
}
