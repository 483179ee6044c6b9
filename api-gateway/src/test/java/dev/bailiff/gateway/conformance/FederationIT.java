package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Section("5.47")
class FederationIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String DESTINATIONS = "/_synapse/admin/v1/federation/destinations";

  private static String fine;
  private static String failing;

  @BeforeAll
  static void fill() {
    fine = gateway.newName("a-server") + ".example";
    failing = gateway.newName("b-server") + ".example";
    gateway.execute("insert into homeserver.destination (destination) values (?)", fine);
    gateway.execute(
        "insert into homeserver.destination values (?, 5000, 60000, 4000, 17)", failing);
    for (int i = 1; i <= 3; i++) {
      gateway.execute(
          "insert into homeserver.destination_room values (?, ?, ?)", fine, "!r" + i, i);
    }
  }

  @Test
  void nothingIsKnownOfOtherServersUnlessSomebodyFillsItIn() {
    assertThat(gateway.admin().get(DESTINATIONS + "?destination=nowhere").body())
        .isEqualTo("{\"destinations\":[],\"total\":0}");
  }

  @Test
  void serverIsShownWithEveryKey() {
    assertThat(gateway.admin().get(DESTINATIONS + "/" + fine).body())
        .isEqualTo(
            "{\"destination\":\"%s\",\"retry_last_ts\":0,\"retry_interval\":0,\"failure_ts\":null,\"last_successful_stream_ordering\":null}"
                .formatted(fine));
    assertThat(gateway.admin().get(DESTINATIONS + "/" + failing).body())
        .isEqualTo(
            "{\"destination\":\"%s\",\"retry_last_ts\":5000,\"retry_interval\":60000,\"failure_ts\":4000,\"last_successful_stream_ordering\":17}"
                .formatted(failing));
  }

  @ParameterizedTest
  @CsvSource({
    "'', a b",
    "&dir=b, b a",
    "&order_by=retry_last_ts, a b",
    "&order_by=retry_interval&dir=b, b a",
    "&order_by=failure_ts, b a",
    "&order_by=last_successful_stream_ordering, b a"
  })
  void listIsSortedAsAsked(String query, String order) {
    var expected =
        List.of(order.split(" ")).stream().map(one -> one.equals("a") ? fine : failing).toList();

    assertThat(names(list("?destination=-SERVER-" + query))).isEqualTo(expected);
  }

  @Test
  void pageThatWouldBeTooLongIsAFullOneAndGoesOn() {
    var name = gateway.newName("wide") + ".example";
    gateway.execute("insert into homeserver.destination (destination) values (?)", name);
    gateway.execute(
        "insert into homeserver.destination_room select ?, '!' || n, n from generate_series(1, 10001) n",
        name);
    var rooms = DESTINATIONS + "/" + name + "/rooms";

    var first = gateway.admin().get(rooms + "?limit=9223372036854775807").json();
    var last = gateway.admin().get(rooms + "?limit=10001&from=10000").json();

    assertThat(first.path("rooms")).hasSize(10_000);
    assertThat(first.path("total").intValue()).isEqualTo(10_001);
    assertThat(first.path("next_token").asText()).isEqualTo("10000");
    assertThat(last.path("rooms")).hasSize(1);
    assertThat(last.has("next_token")).isFalse();
  }

  @Test
  void pagesHaveATokenThatIsAString() {
    var first = list("?destination=-server-&limit=1");

    assertThat(names(first)).containsExactly(fine);
    assertThat(first.path("total").intValue()).isEqualTo(2);
    assertThat(first.path("next_token").isTextual()).isTrue();
    assertThat(first.path("next_token").asText()).isEqualTo("1");
    assertThat(list("?destination=-server-&limit=1&from=1").has("next_token")).isFalse();
    assertThat(list("?destination=").path("total").intValue()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void roomsOfAServerAreListedByTheirIds() {
    var path = DESTINATIONS + "/" + fine + "/rooms";

    assertThat(gateway.admin().get(path + "?limit=2").body())
        .isEqualTo(
            "{\"rooms\":[{\"room_id\":\"!r1\",\"stream_ordering\":1},{\"room_id\":\"!r2\",\"stream_ordering\":2}],\"total\":3,\"next_token\":\"2\"}");
    assertThat(gateway.admin().get(path + "?dir=b").json().at("/rooms/0/room_id").asText())
        .isEqualTo("!r3");
    assertThat(gateway.admin().get(path + "?from=2").json().has("next_token")).isFalse();
    assertThat(gateway.admin().get(DESTINATIONS + "/" + failing + "/rooms").body())
        .isEqualTo("{\"rooms\":[],\"total\":0}");
  }

  @Test
  void waitingForAServerCanBeEndedOnce() {
    var name = gateway.newName("reset") + ".example";
    gateway.execute("insert into homeserver.destination values (?, 5000, 60000, 4000, 17)", name);
    var path = DESTINATIONS + "/" + name;

    assertThat(gateway.admin().post(path + "/reset_connection", "{").body()).isEqualTo("{}");
    assertThat(gateway.admin().get(path).body())
        .isEqualTo(
            "{\"destination\":\"%s\",\"retry_last_ts\":0,\"retry_interval\":0,\"failure_ts\":null,\"last_successful_stream_ordering\":17}"
                .formatted(name));
    assertThat(gateway.admin().post(path + "/reset_connection", null).outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void unknownServerIsNotFoundWhateverTheQuery() {
    for (var path : List.of("/nowhere.example", "/nowhere.example/rooms?limit=x", "/")) {
      assertThat(gateway.admin().get(DESTINATIONS + path).outcome())
          .as(path)
          .isEqualTo("404 M_NOT_FOUND");
    }
    assertThat(
            gateway
                .admin()
                .post(DESTINATIONS + "/nowhere.example/reset_connection", null)
                .outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "from=-1, 400 M_INVALID_PARAM",
    "limit=x, 400 M_INVALID_PARAM",
    "order_by=, 400 M_INVALID_PARAM",
    "order_by=room_id, 400 M_INVALID_PARAM",
    "dir=x, 400 M_INVALID_PARAM",
    "destination=%C3%A6, 400 M_UNKNOWN"
  })
  void parameterThatIsWrongIsRefused(String query, String outcome) {
    assertThat(gateway.admin().get(DESTINATIONS + "?" + query).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"from=x", "limit=-1", "dir=x"})
  void parameterOfTheRoomsThatIsWrongIsRefused(String query) {
    assertThat(gateway.admin().get(DESTINATIONS + "/" + fine + "/rooms?" + query).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  private static JsonNode list(String query) {
    var reply = gateway.admin().get(DESTINATIONS + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> names(JsonNode list) {
    return list.path("destinations").findValuesAsText("destination");
  }
}
