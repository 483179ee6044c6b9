package dev.bailiff.homeserver.store.selection;

import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.ConditionValue;
import dev.bailiff.schemas.filter.ConditionValue.Amount;
import dev.bailiff.schemas.filter.ConditionValue.Flag;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Moment;
import dev.bailiff.schemas.filter.ConditionValue.Texts;
import dev.bailiff.schemas.filter.RoomCondition;
import dev.bailiff.schemas.filter.TargetFilter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Conditions on rooms; they expect summaries that are up to date.
 *
 * <p><b>Indexes:</b> {@code room_id}, {@code children_of} and {@code in_space} have the key, {@code
 * members_at_least} {@code room_summary_joined_members}, {@code blocked} the key of the block list.
 * What other tables say of a room is looked up room by room, each by an index: {@code alias} in
 * {@code room_alias_room}, {@code no_activity_since} in {@code event_time}, {@code left_over} in
 * {@code event_state}. For the others all rooms are read once with their summaries: texts are
 * compared with patterns that have no beginning, and flags have two values.
 */
final class RoomSelection {
  private static final String HAS_ALIAS =
      "exists (select from homeserver.room_alias l where l.room_id = r.room_id and (%s)) or %s";

  private static final String SILENT =
      """
      (select true from homeserver.event e
        where e.room_id = r.room_id and e.origin_server_ts >= :no_activity_since and not e.outlier limit 1) is null""";

  /** The event that made the room comes with the first local member, and is never deleted alone. */
  private static final String LEFT_OVER =
      """
      (select true from homeserver.event e
        where e.room_id = r.room_id and e.type = 'm.room.create' and e.state_key is not null limit 1) is null""";

  private static final String BLOCKED =
      "exists (select from homeserver.blocked_room b where b.room_id = r.room_id)";

  private final ConditionSql sql = new ConditionSql();
  private final Function<List<String>, Set<String>> children;

  private RoomSelection(Function<List<String>, Set<String>> children) {
    this.children = children;
  }

  /**
   * The statements for a filter.
   *
   * @param children the rooms below some spaces
   */
  static SelectionSql of(TargetFilter filter, Function<List<String>, Set<String>> children) {
    var selection = new RoomSelection(children);
    filter.forEachAsked((condition, value) -> selection.add(condition, value));
    return new SelectionSql(
        "homeserver.room r",
        "left join homeserver.room_summary s",
        "s.room_id",
        "r.room_id",
        selection.sql.conditions(),
        SelectionSql.prefix(filter.value(RoomCondition.ROOM_ID, Globs.class).orElse(null)));
  }

  private void add(Condition condition, ConditionValue value) {
    if (value instanceof Flag flag) {
      sql.flag(flag((RoomCondition) condition), flag);
    } else if (value instanceof Moment moment) {
      sql.value(SILENT, condition.key(), moment.millis());
    } else if (value instanceof Amount amount) {
      amount((RoomCondition) condition, amount.number());
    } else if (value instanceof Texts texts) {
      below((RoomCondition) condition, texts.any());
    } else if (value instanceof Globs globs) {
      globs((RoomCondition) condition, globs);
    }
  }

  private void below(RoomCondition condition, List<String> spaces) {
    var rooms = new TreeSet<>(children.apply(spaces));
    if (condition == RoomCondition.IN_SPACE) {
      rooms.addAll(spaces);
    }
    if (rooms.isEmpty()) {
      sql.conditions().and("false");
    } else {
      sql.texts("r.room_id = any (:" + condition.key() + ")", condition.key(), List.copyOf(rooms));
    }
  }

  private void globs(RoomCondition condition, Globs globs) {
    if (condition == RoomCondition.ALIAS) {
      sql.conditions()
          .and(
              HAS_ALIAS.formatted(
                  sql.globs(List.of("l.alias"), "alias", globs),
                  sql.globs(List.of("s.canonical_alias"), "mainAlias", globs)));
    } else {
      boolean ofRoom = condition == RoomCondition.ROOM_ID || condition == RoomCondition.CREATOR;
      sql.globs((ofRoom ? "r." : "s.") + condition.key(), condition.key(), globs);
    }
  }

  private static String flag(RoomCondition condition) {
    return switch (condition) {
      case LEFT_OVER -> LEFT_OVER;
      case BLOCKED -> BLOCKED;
      case ENCRYPTED -> "s.encryption is not null";
      default -> "r.public";
    };
  }

  /** A room without a summary has no members. */
  private void amount(RoomCondition condition, long number) {
    switch (condition) {
      case MEMBERS_AT_MOST ->
          sql.value("coalesce(s.joined_members, 0) <= :members_at_most", condition.key(), number);
      case MEMBERS_AT_LEAST -> {
        // All rooms have so many members; an index finds only what a summary has.
        if (number > 0) {
          sql.value("s.joined_members >= :members_at_least", condition.key(), number);
        }
      }
      default ->
          sql.value(
              "coalesce(s.joined_local_members, 0) <= :local_members_at_most",
              condition.key(),
              number);
    }
  }
}
