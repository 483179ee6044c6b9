package dev.bailiff.homeserver.store.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProfilePropagationIT {
  private static final String ADA = Community.user("ada");

  /** Counts rooms in which the event, the membership and the state agree on a user. */
  private static final String SHOWN =
      """
      select count(*)
      from homeserver.membership m
      join homeserver.current_state s
        on s.room_id = m.room_id and s.type = 'm.room.member' and s.state_key = m.user_id and s.event_id = m.event_id
      join homeserver.event e on e.event_id = m.event_id
      where m.user_id = ? and m.membership = 'join' and e.content ->> 'displayname' is not distinct from ?
      """;

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private ProfilePropagation spreading;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    spreading = new ProfilePropagation(jdbi);
  }

  @Test
  void newNameIsShownInEveryJoinedRoomOnce() {
    long rooms = new UserRooms(jdbi).joined(ADA).size();
    long events = events();
    rename("Countess");

    spreading.spread(ADA);
    spreading.spread(ADA);

    assertThat(rooms).isPositive();
    assertThat(shown("Countess")).isEqualTo(rooms);
    assertThat(events()).isEqualTo(events + rooms);
  }

  @Test
  void nameThatIsTakenAwayIsShownNoLonger() {
    long rooms = new UserRooms(jdbi).joined(ADA).size();
    rename(null);

    spreading.spread(ADA);

    assertThat(shown(null)).isEqualTo(rooms);
  }

  @Test
  void nameThatComesBackIsShownAgain() {
    long rooms = new UserRooms(jdbi).joined(ADA).size();

    for (String name : new String[] {"Countess", "Ada", "Countess"}) {
      rename(name);
      spreading.spread(ADA);
    }

    assertThat(shown("Countess")).isEqualTo(rooms);
  }

  @Test
  void roomThatIsOnlyHalfThereIsLeftAlone() {
    String room = new UserRooms(jdbi).joined(ADA).get(0);
    jdbi.useHandle(
        handle -> handle.execute("delete from homeserver.current_state where room_id = ?", room));
    long rooms = new UserRooms(jdbi).joined(ADA).size();
    long events = events();
    rename("Countess");

    spreading.spread(ADA);

    assertThat(events()).isEqualTo(events + rooms);
  }

  private void rename(String name) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set displayname = ? where user_id = ?", name, ADA));
  }

  private long shown(String name) {
    return jdbi.withHandle(handle -> handle.select(SHOWN, ADA, name).mapTo(Long.class).one());
  }

  private long events() {
    return jdbi.withHandle(
        handle -> handle.select("select count(*) from homeserver.event").mapTo(Long.class).one());
  }
}
