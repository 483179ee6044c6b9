package dev.bailiff.homeserver.synapse.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.selection.PostgresSelection;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.kind.TargetType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * Which homeserver answers which condition: {@code list} by its lists or statements, {@code call}
 * by a call about each target, {@code no} not at all. The documents have the same table.
 */
class ConditionsByHomeserverTest {
  private static final String TABLE =
      """
      condition                   own store  Synapse
      user  user_id               list       list
      user  displayname           list       list
      user  created_after         list       list
      user  created_before        list       list
      user  last_seen_after       list       list
      user  last_seen_before      list       list
      user  never_seen            list       list
      user  has_threepid          list       call
      user  ip                    list       call
      user  in_room               list       list
      user  spoke                 list       no
      user  user_type             list       list
      user  admin                 list       list
      user  guest                 list       list
      user  locked                list       list
      user  suspended             list       call
      user  shadow_banned         list       list
      user  deactivated           list       list
      user  appservice            list       call
      room  room_id               list       list
      room  name                  list       list
      room  topic                 list       call
      room  alias                 list       list
      room  creator               list       list
      room  members_at_most       list       list
      room  members_at_least      list       list
      room  local_members_at_most list       list
      room  no_activity_since     list       no
      room  left_over             list       no
      room  blocked               list       call
      room  encrypted             list       list
      room  public                list       list
      room  children_of           list       list
      room  in_space              list       list
      media owner                 list       list
      media type                  list       list
      media created_after         list       list
      media created_before        list       list
      media last_access_before    list       list
      media never_accessed        list       list
      media size_more_than        list       list
      media quarantined           list       list
      media protected             list       list
      """;

  private final SelectionPort store =
      new PostgresSelection(Jdbi.create("jdbc:none"), StoreTimeouts.defaults());

  @Test
  void tableIsWhatTheHomeserversSay() {
    assertThat(
            Stream.of(TargetType.values())
                .flatMap(targets -> Condition.of(targets).stream().map(each -> row(targets, each)))
                .collect(Collectors.joining("\n")))
        .isEqualTo(TABLE.lines().skip(1).collect(Collectors.joining("\n")));
  }

  @Test
  void refusalsSayWhatWouldAllowThem() {
    assertThat(
            Stream.of(TargetType.values())
                .flatMap(targets -> Condition.of(targets).stream())
                .flatMap(condition -> Answered.refusal(condition).stream()))
        .hasSize(3)
        .allMatch(why -> why.contains("query in Synapse's database"));
  }

  private String row(TargetType targets, Condition condition) {
    var word =
        Map.of(TargetType.USER, "user", TargetType.ROOM, "room", TargetType.MEDIA, "media")
            .get(targets);
    return "%-5s %-21s %-10s %s"
        .formatted(
            word,
            condition.key(),
            store.refusal(condition).isEmpty() ? "list" : "no",
            Answered.refusal(condition)
                .map(why -> "no")
                .orElse(Answered.byList(condition) ? "list" : "call"));
  }
}
