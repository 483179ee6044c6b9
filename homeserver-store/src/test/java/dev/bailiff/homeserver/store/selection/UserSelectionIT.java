package dev.bailiff.homeserver.store.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.homeserver.UserRows;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition on accounts, on accounts of which one at least meets it and one does not. */
class UserSelectionIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private UserRows users;

  @BeforeEach
  void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    users = new UserRows(jdbi);
    users.account("@a:x", Filter.NOW.minusSeconds(7_200).toEpochMilli());
    users.account("@b_1:x", Filter.NOW.minusSeconds(3_600).toEpochMilli());
    users.account("@b-1:x", Filter.NOW.toEpochMilli());
    set("@a:x", "displayname = 'Free Änd Easy', user_type = 'bot', admin = true, is_guest = true");
    set("@b_1:x", "locked = true, suspended = true, shadow_banned = true, user_type = 'support'");
  }

  private void set(String user, String values) {
    jdbi.useHandle(
        handle ->
            handle.execute("update homeserver.account set " + values + " where user_id = ?", user));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'user_id': '@b_1:x'             | @b_1:x",
        "'user_id': '@b_*'               | @b_1:x",
        "'user_id': '@b?1:x'             | @b-1:x @b_1:x",
        "'user_id': ['@a:x', '@b-*']     | @a:x @b-1:x",
        "'user_id': '@B*'                | ''",
        "'displayname': '*änd*'          | @a:x",
        "'displayname': '*'              | @a:x",
        "'created_after': '-1h'          | @b-1:x @b_1:x",
        "'created_before': '-1h'         | @a:x",
        "'created_after': '-2h', 'created_before': '-1h' | @a:x",
        "'user_type': 'bot'              | @a:x",
        "'user_type': ['', 'support']    | @b-1:x @b_1:x",
        "'admin': true                   | @a:x",
        "'guest': false                  | @b-1:x @b_1:x",
        "'locked': true                  | @b_1:x",
        "'suspended': true               | @b_1:x",
        "'shadow_banned': true           | @b_1:x",
        "'locked': [true, false]         | @a:x @b-1:x @b_1:x"
      })
  void whatTheAccountItselfSays(String json, String found) {
    assertThat(find(json)).isEqualTo(list(found));
  }

  @Test
  void closedAccountsAndThoseOfApplicationServicesAreOutUnlessAskedFor() {
    set("@a:x", "deactivated = true");
    set("@b_1:x", "appservice_id = 'irc'");

    assertThat(find("'user_id': '@*'")).containsExactly("@b-1:x");
    assertThat(find("'deactivated': true")).containsExactly("@a:x");
    assertThat(find("'appservice': true")).containsExactly("@b_1:x");
    assertThat(find("'appservice': [true, false], 'deactivated': [true, false]")).hasSize(3);
  }

  @Test
  void whoWasSeenIsToldByDevicesConnectionsAndTheAccount() {
    long hour = 3_600_000;
    long now = Filter.NOW.toEpochMilli();
    users.device("@a:x", "D");
    jdbi.useHandle(
        handle -> handle.execute("update homeserver.device set last_seen_at = ?", now - 3 * hour));
    users.connection("@b_1:x", null, "203.0.113.7", now - hour);

    assertThat(find("'never_seen': true")).containsExactly("@b-1:x");
    assertThat(find("'never_seen': false")).containsExactly("@a:x", "@b_1:x");
    assertThat(find("'last_seen_before': '-2h'")).containsExactly("@a:x");
    assertThat(find("'last_seen_after': '-2h'")).containsExactly("@b_1:x");
    set("@b-1:x", "last_seen_at = " + now);
    assertThat(find("'last_seen_after': '-1m'")).containsExactly("@b-1:x");
  }

  @Test
  void addressIsThatOfAnyConnectionOrDevice() {
    users.connection("@a:x", "D", "203.0.113.7", 1);
    users.connection("@a:x", "D", "no address", 1);
    users.connection("@b-1:x", "D", "2001:DB8::7", 1);
    users.device("@b_1:x", "D");
    jdbi.useHandle(
        handle -> handle.execute("update homeserver.device set last_seen_ip = '203.0.113.200'"));

    assertThat(find("'ip': '203.0.113.0/24'")).containsExactly("@a:x", "@b_1:x");
    assertThat(find("'ip': '203.0.113.7'")).containsExactly("@a:x");
    assertThat(find("'ip': ['2001:db8::/32', '203.0.113.200']"))
        .containsExactly("@b-1:x", "@b_1:x");
    assertThat(find("'ip': '0.0.0.0/0'")).containsExactly("@a:x", "@b_1:x");
    assertThat(find("'ip': '203.0.114.0/24'")).isEmpty();
  }

  @Test
  void threepidsRoomsAndEventsBelongToTheirUsers() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into homeserver.threepid values ('email', 'a@x', '@a:x', 0, 0, false)"));
    var rooms = new RoomRows(jdbi);
    rooms.member("!r:x", "@a:x", "join", "$1");
    rooms.member("!r:x", "@b-1:x", "leave", "$2");
    rooms.member("!s:x", "@b_1:x", "join", "$3");
    EventRow.member("!r:x", "@a:x").insert(jdbi, "$1");
    EventRow.message("!s:x", "@b_1:x").insert(jdbi, "$4");

    assertThat(find("'has_threepid': true")).containsExactly("@a:x");
    assertThat(find("'has_threepid': false")).containsExactly("@b-1:x", "@b_1:x");
    assertThat(find("'in_room': '!r:x'")).containsExactly("@a:x");
    assertThat(find("'in_room': ['!r:x', '!s:x']")).containsExactly("@a:x", "@b_1:x");
    assertThat(find("'spoke': true")).containsExactly("@b_1:x");
    assertThat(find("'spoke': false")).containsExactly("@a:x", "@b-1:x");
  }

  private List<String> find(String json) {
    var selection = new PostgresSelection(jdbi, StoreTimeouts.defaults());
    return selection.find(Filter.of(TargetType.USER, "{" + json + "}"), null, 100).ids();
  }

  private static List<String> list(String ids) {
    return ids.isBlank() ? List.of() : List.of(ids.split(" "));
  }
}
