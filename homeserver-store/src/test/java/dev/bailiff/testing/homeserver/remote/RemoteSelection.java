package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.ConditionValue.Amount;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Texts;
import dev.bailiff.schemas.filter.MediaCondition;
import dev.bailiff.schemas.filter.RoomCondition;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.filter.UserCondition;
import dev.bailiff.schemas.kind.TargetType;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selections of the remote server, which answers a few conditions. It lists media last ones first,
 * and each page begins with the last medium of the page before.
 */
record RemoteSelection(RemoteServer server, RemoteCalls calls) implements SelectionPort {
  private static final Set<Condition> ANSWERED =
      Set.of(
          UserCondition.USER_ID,
          UserCondition.IN_ROOM,
          UserCondition.SUSPENDED,
          UserCondition.DEACTIVATED,
          UserCondition.APPSERVICE,
          RoomCondition.ROOM_ID,
          RoomCondition.ALIAS,
          RoomCondition.MEMBERS_AT_MOST,
          RoomCondition.MEMBERS_AT_LEAST,
          RoomCondition.BLOCKED,
          MediaCondition.OWNER,
          MediaCondition.SIZE_MORE_THAN,
          MediaCondition.QUARANTINED,
          MediaCondition.PROTECTED);

  @Override
  public Optional<String> refusal(Condition condition) {
    return ANSWERED.contains(condition) ? Optional.empty() : Optional.of("the fake does not know");
  }

  @Override
  public boolean isInOrder(TargetType targets) {
    return targets != TargetType.MEDIA;
  }

  @Override
  public SelectionPage find(TargetFilter filter, @Nullable Cursor after, int most) {
    int size = Math.min(most, calls.conditions().listed());
    return calls.read(
        () ->
            switch (filter.targets()) {
              case USER ->
                  page(server.users.keySet(), Comparator.naturalOrder(), filter, after, size);
              case ROOM ->
                  page(server.rooms.keySet(), Comparator.naturalOrder(), filter, after, size);
              case MEDIA ->
                  page(server.media.keySet(), Comparator.reverseOrder(), filter, after, size);
            });
  }

  private SelectionPage page(
      Collection<String> ids,
      Comparator<String> order,
      TargetFilter filter,
      @Nullable Cursor after,
      int size) {
    int overlap = isInOrder(filter.targets()) || after == null ? 0 : 1;
    var page =
        ids.stream()
            .filter(id -> meets(filter, id))
            .sorted(order)
            .filter(id -> after == null || order.compare(id, after.value()) > -overlap)
            .limit(size + overlap)
            .toList();
    return new SelectionPage(
        page, page.size() < size + overlap ? null : new Cursor(page.get(page.size() - 1)));
  }

  private boolean meets(TargetFilter filter, String id) {
    return filter.conditions().keySet().stream()
        .filter(filter::asks)
        .allMatch(condition -> meets(filter, condition, id));
  }

  private boolean meets(TargetFilter filter, Condition condition, String id) {
    if (condition instanceof UserCondition user) {
      return meets(filter, user, id, server.users.get(id));
    }
    if (condition instanceof RoomCondition room) {
      return meets(filter, room, id, server.rooms.get(id));
    }
    return meets(filter, (MediaCondition) condition, server.media.get(id));
  }

  private boolean meets(
      TargetFilter filter, UserCondition condition, String id, RemoteServer.User user) {
    return switch (condition) {
      case USER_ID -> globs(filter, condition).match(id);
      case IN_ROOM ->
          filter.value(condition, Texts.class).orElseThrow().any().stream()
              .anyMatch(room -> server.roomsOf(id, Set.of("join")).contains(room));
      case SUSPENDED -> filter.allows(condition, user.suspended);
      case DEACTIVATED -> filter.allows(condition, !user.active);
      case APPSERVICE -> filter.allows(condition, false);
      default -> throw new IllegalArgumentException(condition.key());
    };
  }

  private boolean meets(
      TargetFilter filter, RoomCondition condition, String id, RemoteServer.Room room) {
    long members = room.members.values().stream().filter("join"::equals).count();
    return switch (condition) {
      case ROOM_ID -> globs(filter, condition).match(id);
      case ALIAS -> room.aliases.stream().anyMatch(globs(filter, condition)::match);
      case MEMBERS_AT_MOST -> members <= number(filter, condition);
      case MEMBERS_AT_LEAST -> members >= number(filter, condition);
      case BLOCKED -> filter.allows(condition, server.blocked.contains(id));
      default -> throw new IllegalArgumentException(condition.key());
    };
  }

  private boolean meets(TargetFilter filter, MediaCondition condition, RemoteServer.Medium medium) {
    return switch (condition) {
      case OWNER -> globs(filter, condition).match(medium.user());
      case SIZE_MORE_THAN -> medium.length() > number(filter, condition);
      case QUARANTINED, PROTECTED -> filter.allows(condition, medium.spared());
      default -> throw new IllegalArgumentException(condition.key());
    };
  }

  private static Globs globs(TargetFilter filter, Condition condition) {
    return filter.value(condition, Globs.class).orElseThrow();
  }

  private static long number(TargetFilter filter, Condition condition) {
    return filter.value(condition, Amount.class).orElseThrow().number();
  }
}
