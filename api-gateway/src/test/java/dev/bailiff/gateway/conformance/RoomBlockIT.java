package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.Client;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section({"5.9", "5.10"})
class RoomBlockIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  @Test
  void blockNamesTheFirstWhoBlocked() {
    var block = newBlock();

    assertThat(gateway.admin().get(block).body()).isEqualTo("{\"block\":false}");
    assertThat(gateway.admin().put(block, "{\"block\": true}").body())
        .isEqualTo("{\"block\":true}");
    assertThat(otherAdmin().put(block, "{\"block\": true}").body()).isEqualTo("{\"block\":true}");
    assertThat(gateway.admin().get(block).body())
        .isEqualTo("{\"block\":true,\"user_id\":\"@admin:chat.example\"}");
  }

  @Test
  void unblockingTwiceIsFine() {
    var block = newBlock();
    gateway.admin().put(block, "{\"block\": true}");

    assertThat(gateway.admin().put(block, "{\"block\": false}").body())
        .isEqualTo("{\"block\":false}");
    assertThat(gateway.admin().put(block, "{\"block\": false}").body())
        .isEqualTo("{\"block\":false}");
    assertThat(gateway.admin().get(block).body()).isEqualTo("{\"block\":false}");
  }

  @Test
  void roomMayBeOfAnyServerAndOfTheNewestKind() {
    for (var room : new String[] {"!any:[::1]:8448", "!" + "a".repeat(43), "!:x"}) {
      assertThat(gateway.admin().get(block(room)).body()).isEqualTo("{\"block\":false}");
    }
  }

  @Test
  void operatorBlocksAsBailiffAndDoesNotReplaceTheFirstBlocker() {
    var token = gateway.newName("operator-token");
    new OperatorTokens(gateway.jdbi()).add(gateway.newName("operator"), Sha256.of(token));
    var first = newBlock();
    var second = newBlock();

    gateway.admin().put(first, "{\"block\": true}");
    gateway.with(token).put(first, "{\"block\": true}");
    gateway.with(token).put(second, "{\"block\": true}");

    assertThat(gateway.admin().get(first).body())
        .isEqualTo("{\"block\":true,\"user_id\":\"@admin:chat.example\"}");
    assertThat(gateway.admin().get(second).json().path("user_id").asText())
        .isEqualTo("@bailiff:chat.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!:chat.example",
        "!a%2Fb:chat.example:8448",
        "!a:[::1]:123456",
        "!abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
      })
  void legalRoomIdNeedNotBeKnown(String id) {
    assertThat(gateway.admin().get(block(id)).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "!a", "!a:", "%23a:chat.example", "!a:b%20c", "!a:chat.example:x"})
  void roomMustHaveALegalId(String room) {
    var told = room.replace("%23", "#").replace("%20", " ") + " is not a legal room ID";

    var shown = gateway.admin().get(block(room));
    var changed = gateway.admin().put(block(room), "{\"block\": 5}");

    assertThat(shown.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(shown.json().path("error").asText()).isEqualTo(told);
    assertThat(changed.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(changed.json().path("error").asText()).isEqualTo(told);
  }

  @Test
  @Section("5.9")
  void bodyOfAReadingCallIsIgnored() {
    assertThat(gateway.admin().send("GET", newBlock(), "{no json").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{}; 400 M_MISSING_PARAM",
        "{\"block\": null}; 400 M_BAD_JSON",
        "{\"block\": \"true\"}; 400 M_BAD_JSON",
        "{\"block\": 1}; 400 M_BAD_JSON"
      })
  @Section("5.10")
  void bodyThatIsWrongChangesNothing(String body, String outcome) {
    var block = newBlock();

    assertThat(gateway.admin().put(block, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(block).body()).isEqualTo("{\"block\":false}");
  }

  @Test
  @Section("5.10")
  void bodyIsReadBeforeTheRoom() {
    assertThat(gateway.admin().put(block("nonsense"), "").outcome()).isEqualTo("400 M_NOT_JSON");
  }

  @Test
  @Section("5.10")
  void nobodyCanBeJoinedToABlockedRoomWhileMembersStay() {
    var room = gateway.newRoom(Community.user("ada")).open();
    gateway.admin().put(block(room.id()), "{\"block\": true}");

    assertThat(
            gateway
                .admin()
                .post(
                    "/_synapse/admin/v1/join/" + room.id(), "{\"user_id\": \"@bela:chat.example\"}")
                .outcome())
        .isEqualTo("403 M_UNKNOWN");
    assertThat(gateway.admin().get("/_synapse/admin/v1/rooms/" + room.id() + "/members").json())
        .hasToString("{\"members\":[\"@ada:chat.example\"],\"total\":1}");
  }

  private static Client otherAdmin() {
    var user = gateway.newUser("blocker");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", user);
    return gateway.with(gateway.newToken(user, null));
  }

  private static String newBlock() {
    return block(gateway.newName("!blocked") + ":other.example");
  }

  private static String block(String room) {
    return "/_synapse/admin/v1/rooms/" + room + "/block";
  }
}
