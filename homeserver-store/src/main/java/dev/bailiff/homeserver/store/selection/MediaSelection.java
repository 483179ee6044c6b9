package dev.bailiff.homeserver.store.selection;

import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.ConditionValue;
import dev.bailiff.schemas.filter.ConditionValue.Amount;
import dev.bailiff.schemas.filter.ConditionValue.Flag;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Moment;
import dev.bailiff.schemas.filter.MediaCondition;
import dev.bailiff.schemas.filter.TargetFilter;

/**
 * Conditions on local media.
 *
 * <p><b>Indexes:</b> {@code owner} has {@code local_media_open} and {@code local_media_user},
 * {@code created_*} {@code local_media_created}, {@code last_access_before} {@code
 * local_media_last_use}, which holds the media that are neither quarantined nor protected, as a
 * filter asks unless it says otherwise. Of {@code type}, {@code size_more_than}, {@code
 * never_accessed}, {@code quarantined} and {@code protected} all media are read once: they have few
 * values, or most media meet them.
 */
final class MediaSelection {
  private final ConditionSql sql = new ConditionSql();

  private MediaSelection() {}

  static SelectionSql of(TargetFilter filter) {
    var selection = new MediaSelection();
    filter.forEachAsked((condition, value) -> selection.add(condition, value));
    return new SelectionSql(
        "homeserver.local_media m", "", "", "m.media_id", selection.sql.conditions(), "");
  }

  private void add(Condition condition, ConditionValue value) {
    if (value instanceof Flag flag) {
      sql.flag(flag((MediaCondition) condition), flag);
    } else if (value instanceof Moment moment) {
      sql.value(moment((MediaCondition) condition), condition.key(), moment.millis());
    } else if (value instanceof Amount amount) {
      sql.value("m.media_length > :size_more_than", condition.key(), amount.number());
    } else if (value instanceof Globs globs) {
      sql.globs(
          condition == MediaCondition.OWNER ? "m.user_id" : "m.media_type", condition.key(), globs);
    }
  }

  private static String flag(MediaCondition condition) {
    return switch (condition) {
      case NEVER_ACCESSED -> "m.last_access_at is null";
      case QUARANTINED -> "m.quarantined_by is not null";
      default -> "m.safe_from_quarantine";
    };
  }

  private static String moment(MediaCondition condition) {
    return switch (condition) {
      case CREATED_AFTER -> "m.created_at >= :created_after";
      case CREATED_BEFORE -> "m.created_at < :created_before";
      default -> "coalesce(m.last_access_at, m.created_at) < :last_access_before";
    };
  }
}
