package dev.bailiff.homeserver.store.selection;

import dev.bailiff.homeserver.store.account.AccountSql;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.ConditionValue;
import dev.bailiff.schemas.filter.ConditionValue.Flag;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Moment;
import dev.bailiff.schemas.filter.ConditionValue.Networks;
import dev.bailiff.schemas.filter.ConditionValue.Texts;
import dev.bailiff.schemas.filter.Network;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.filter.UserCondition;

/**
 * Conditions on accounts.
 *
 * <p><b>Indexes:</b> {@code user_id} has the key, {@code displayname} trigrams, {@code created_*}
 * {@code account_created_at}, {@code ip} {@code connection_address} and {@code device_address},
 * {@code in_room} {@code membership_present}. What other tables say of an account is looked up
 * account by account, each by an index: {@code last_seen_*} and {@code never_seen} in devices and
 * connections, {@code has_threepid}, {@code spoke} in {@code event_sender}. The other conditions
 * have two values or a few, which an index does not tell apart; all accounts are read once, a
 * million in a fifth of a second.
 */
final class UserSelection {

  /** A user who wrote nothing but memberships costs a look at each of these. */
  private static final String SPOKE =
      "(select true from homeserver.event e where e.sender = a.user_id and e.type <> 'm.room.member' limit 1) is true";

  private static final String HAS_THREEPID =
      "exists (select from homeserver.threepid t where t.user_id = a.user_id)";

  private static final String IN_ROOM =
      """
      a.user_id in (select m.user_id from homeserver.membership m
                     where m.room_id = any (:inRoom) and m.membership = 'join')""";

  private static final String FROM_NETWORK =
      """
      a.user_id in (select c.user_id from unnest(:ipFirst::text[], :ipLast::text[]) as n (first, last)
                      join homeserver.connection c
                        on homeserver.address(c.ip) between n.first::inet and n.last::inet
                     union all
                    select d.user_id from unnest(:ipFirst::text[], :ipLast::text[]) as n (first, last)
                      join homeserver.device d
                        on homeserver.address(d.last_seen_ip) between n.first::inet and n.last::inet)""";

  private final ConditionSql sql = new ConditionSql();

  private UserSelection() {}

  static SelectionSql of(TargetFilter filter) {
    var selection = new UserSelection();
    filter.forEachAsked((condition, value) -> selection.add(condition, value));
    return new SelectionSql(
        "homeserver.account a",
        "",
        "",
        "a.user_id",
        selection.sql.conditions(),
        SelectionSql.prefix(filter.value(UserCondition.USER_ID, Globs.class).orElse(null)));
  }

  private void add(Condition condition, ConditionValue value) {
    if (value instanceof Flag flag) {
      sql.flag(flag((UserCondition) condition), flag);
    } else if (value instanceof Moment moment) {
      sql.value(moment((UserCondition) condition), condition.key(), moment.millis());
    } else if (value instanceof Globs globs) {
      sql.globs("a." + condition.key(), condition.key(), globs);
    } else if (value instanceof Networks networks) {
      sql.texts(FROM_NETWORK, "ipFirst", networks.any().stream().map(Network::first).toList());
      sql.texts("true", "ipLast", networks.any().stream().map(Network::last).toList());
    } else if (value instanceof Texts texts) {
      if (condition == UserCondition.IN_ROOM) {
        sql.texts(IN_ROOM, "inRoom", texts.any());
      } else {
        sql.texts("coalesce(a.user_type, '') = any (:userType)", "userType", texts.any());
      }
    }
  }

  private static String flag(UserCondition condition) {
    return switch (condition) {
      case NEVER_SEEN -> AccountSql.LAST_SEEN + " is null";
      case HAS_THREEPID -> HAS_THREEPID;
      case SPOKE -> SPOKE;
      case GUEST -> "a.is_guest";
      case APPSERVICE -> "a.appservice_id is not null";
      default -> "a." + condition.key();
    };
  }

  private static String moment(UserCondition condition) {
    return switch (condition) {
      case CREATED_AFTER -> "a.created_at >= :created_after";
      case CREATED_BEFORE -> "a.created_at < :created_before";
      case LAST_SEEN_AFTER -> AccountSql.LAST_SEEN + " >= :last_seen_after";
      default -> AccountSql.LAST_SEEN + " < :last_seen_before";
    };
  }
}
