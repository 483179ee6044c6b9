package dev.bailiff.homeserver.store.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.homeserver.MadeRoom;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition on rooms, on rooms of which one at least meets it and one does not. */
class RoomSelectionIT {
  private static final String NEXT = "{\"via\": [\"x\"]}";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;

  @BeforeEach
  void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> handle.execute("insert into homeserver.server (server_name) values ('x')"));
    MadeRoom.by(jdbi, "!a:x", "@ann:x")
        .member("@ben:x", "join")
        .member("@far:y", "join")
        .state("m.room.name", "{\"name\": \"Free Money\"}")
        .state("m.room.topic", "{\"topic\": \"Coins, 50% off\"}")
        .state("m.room.encryption", "{\"algorithm\": \"m.megolm.v1.aes-sha2\"}");
    MadeRoom.by(jdbi, "!b:x", "@ben:x").state("m.room.canonical_alias", "{\"alias\": \"#Main:x\"}");
    new RoomRows(jdbi).alias("#other:x", "!a:x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'room_id': '!a*'           | !a:x",
        "'name': '*MONEY'           | !a:x",
        "'topic': '*50%*'           | !a:x",
        "'topic': '*50_*'           | ''",
        "'alias': '#other:*'        | !a:x",
        "'alias': '#main*'          | !b:x",
        "'creator': '@ann:x'        | !a:x",
        "'members_at_most': 2       | !b:x",
        "'members_at_least': 3      | !a:x",
        "'local_members_at_most': 1 | !b:x",
        "'local_members_at_most': 2 | !a:x !b:x",
        "'encrypted': true          | !a:x",
        "'encrypted': false         | !b:x",
        "'public': true             | ''",
        "'left_over': true          | ''"
      })
  void whatTheRoomItselfSays(String json, String found) {
    assertThat(find(json)).isEqualTo(found.isBlank() ? List.of() : List.of(found.split(" ")));
  }

  @Test
  void blockedAndPublicRoomsAreFound() {
    jdbi.useHandle(
        handle -> {
          handle.execute("insert into homeserver.blocked_room values ('!a:x', '@admin:x')");
          handle.execute("update homeserver.room set public = true where room_id = '!b:x'");
        });

    assertThat(find("'blocked': true")).containsExactly("!a:x");
    assertThat(find("'blocked': false")).containsExactly("!b:x");
    assertThat(find("'public': true")).containsExactly("!b:x");
  }

  @Test
  void roomIsQuietIfNoEventOfItsTimelineIsLater() {
    long now = Filter.NOW.toEpochMilli();
    EventRow.message("!a:x", "@ann:x").depth(50).at(now).insert(jdbi, "$late");
    EventRow.message("!b:x", "@ben:x").depth(50).at(now).outlier(true).insert(jdbi, "$detached");

    assertThat(find("'no_activity_since': '-90d'")).containsExactly("!b:x");
  }

  @Test
  void whatRemainsOfAnInviteIsLeftOver() {
    var rooms = new RoomRows(jdbi);
    rooms.room("!invite:y");
    var invite =
        EventRow.of("!invite:y", "m.room.member", "@far:y", "@ann:x")
            .outlier(true)
            .content("{\"membership\": \"leave\"}")
            .insert(jdbi, "$declined");
    rooms.member("!invite:y", "@ann:x", "leave", invite);
    MadeRoom.by(jdbi, "!left:x", "@ann:x").abandoned();

    assertThat(find("'left_over': true")).containsExactly("!invite:y");
    assertThat(find("'left_over': false")).containsExactly("!a:x", "!b:x", "!left:x");
  }

  @Test
  void roomsOfASpaceAreFoundOnAllLevelsAndACircleEnds() {
    var outer = space("!outer:x");
    var inner = space("!inner:x");
    outer.state("m.space.child", "!inner:x", NEXT);
    outer.state("m.space.child", "!b:x", "{}");
    outer.state("m.space.child", "!unknown:y", NEXT);
    inner.state("m.space.child", "!a:x", NEXT);
    inner.state("m.space.child", "!outer:x", NEXT);

    assertThat(find("'children_of': '!outer:x'")).containsExactly("!a:x", "!inner:x");
    assertThat(find("'children_of': '!inner:x'")).containsExactly("!a:x", "!outer:x");
    assertThat(find("'children_of': '!a:x'")).isEmpty();
    assertThat(find("'in_space': '!outer:x'")).containsExactly("!a:x", "!inner:x", "!outer:x");
    assertThat(find("'in_space': '!b:x'")).containsExactly("!b:x");
    assertThat(find("'in_space': '!unknown:y'")).isEmpty();
    assertThat(find("'in_space': '!inner:x', 'children_of': '!inner:x'"))
        .containsExactly("!a:x", "!outer:x");
  }

  private MadeRoom space(String id) {
    return MadeRoom.of(jdbi, id, "10", "@ann:x", "{\"room_version\":\"10\",\"type\":\"m.space\"}");
  }

  private List<String> find(String json) {
    var selection = new PostgresSelection(jdbi, StoreTimeouts.defaults());
    return selection.find(Filter.of(TargetType.ROOM, "{" + json + "}"), null, 100).ids();
  }
}
