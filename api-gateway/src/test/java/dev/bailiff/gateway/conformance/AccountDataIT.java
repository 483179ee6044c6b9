package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data that clients keep with an account. */
@Section("4.12")
class AccountDataIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static Reply of(String user) {
    return gateway.admin().get("/_synapse/admin/v1/users/" + user + "/accountdata");
  }

  private static void put(String user, String room, String type, String content) {
    gateway.execute(
        "insert into homeserver.account_data (user_id, room_id, type, content) values (?, ?, ?, ?::json)",
        user,
        room,
        type,
        content);
  }

  @Test
  void dataOfTheCommunityIsShown() {
    var data = of("@ada:chat.example").json().path("account_data");

    assertThat(data.path("global").path("chat.example.theme").isObject()).isTrue();
    assertThat(data.path("rooms").isObject()).isTrue();
  }

  @Test
  void globalAndRoomDataComeBackAsTheyWereStored() {
    var user = gateway.newUser("data");
    put(user, null, "m.direct", "{\"a\": [1.50, 12345678901234567890, \"\\ud800\\u0000\"]}");
    put(user, "!unknown:away.example", "m.fully_read", "{\"event_id\":\"$x\"}");
    put(user, "!unknown:away.example", "x", "{}");

    assertThat(of(user).body())
        .isEqualTo(
            "{\"account_data\":{\"global\":{\"m.direct\":{\"a\": [1.50, 12345678901234567890, \"\\ud800\\u0000\"]}},"
                + "\"rooms\":{\"!unknown:away.example\":{\"m.fully_read\":{\"event_id\":\"$x\"},\"x\":{}}}}}");
  }

  @Test
  void whoKeepsNothingHasTwoEmptyMaps() {
    assertThat(of(gateway.newUser("data")).body())
        .isEqualTo("{\"account_data\":{\"global\":{},\"rooms\":{}}}");
  }

  @Test
  void pushRulesAndTagsAreNoAccountData() {
    var user = gateway.newUser("data");
    put(user, null, "m.push_rules", "{}");
    put(user, "!r:chat.example", "m.tag", "{}");
    gateway.execute("insert into homeserver.push_rules values (?, '{}')", user);

    assertThat(of(user).body()).isEqualTo("{\"account_data\":{\"global\":{},\"rooms\":{}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400 M_UNKNOWN",
    "@ada:other.example, 400 M_UNKNOWN",
    "nonsense:chat.example, 404 M_NOT_FOUND",
    "@nobody:chat.example, 404 M_NOT_FOUND"
  })
  void placeIsCheckedBeforeShapeAndExistence(String id, String outcome) {
    assertThat(of(id).outcome()).isEqualTo(outcome);
  }

  @Test
  void errorSaysWhatTheOriginalSays() {
    assertThat(of("@ada:other.example").json().path("error").asText())
        .isEqualTo("Can only look up local users");
  }

  @Test
  void onlyAdminsSeeAccountData() {
    assertThat(gateway.strangers("GET", "/_synapse/admin/v1/users/nonsense/accountdata"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
