package dev.bailiff.homeserver.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserRoomsIT {
  private static final String ADA = Community.user("ada");

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private UserRooms rooms;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    rooms = new UserRooms(jdbi);
  }

  @Test
  void roomsWithoutStateHaveNobody() {
    List<String> joined = rooms.joined(ADA);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "delete from homeserver.current_state where room_id = ?", joined.get(0)));

    assertThat(joined).hasSizeGreaterThan(1);
    assertThat(rooms.joined(ADA)).isEqualTo(joined.subList(1, joined.size()));
    assertThat(rooms.memberships(ADA)).containsKeys(joined.get(1)).doesNotContainKey(joined.get(0));
    assertThat(rooms.joined("nonsense")).isEmpty();
  }

  @Test
  void countsAreThoseOfARealHomeserverWithTheSameData() {
    assertThat(rooms.sentInvites(Community.user("dina"), 0)).isEqualTo(18);
    assertThat(rooms.joinedSince(Community.user("dina"), 0)).isEqualTo(4);
    assertThat(rooms.sentInvites(Community.user("dina"), Long.MAX_VALUE)).isZero();
  }
}
