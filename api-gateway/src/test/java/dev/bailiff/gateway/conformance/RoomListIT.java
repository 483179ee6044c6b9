package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section("5.5")
class RoomListIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ROOMS = "/_synapse/admin/v1/rooms";
  private static final String LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";

  @Test
  void roomIsShownWithEveryKey() {
    var lobby = list("?search_term=" + LOBBY).path("rooms").path(0);

    assertThat(lobby.toString())
        .isEqualTo(
            "{\"room_id\":\"%s\",\"name\":\"lobby\",\"canonical_alias\":\"#lobby:chat.example\","
                    .formatted(LOBBY)
                + "\"joined_members\":53,\"joined_local_members\":53,\"version\":\"12\","
                + "\"creator\":\"@ada:chat.example\",\"encryption\":null,\"federatable\":true,"
                + "\"public\":false,\"join_rules\":\"public\",\"guest_access\":null,"
                + "\"history_visibility\":\"shared\",\"state_events\":63,\"room_type\":null}");
  }

  @Test
  void noRoomFoundIsAnEmptyList() {
    assertThat(list("?search_term=nothing-is-called-so").toString())
        .isEqualTo("{\"rooms\":[],\"offset\":0,\"total_rooms\":0}");
  }

  @Test
  void pagesTellWhereTheNextAndTheLastOneBegin() {
    var first = list("?search_term=er&limit=2");
    int total = first.path("total_rooms").intValue();
    var second = list("?search_term=er&limit=2&from=1");
    var end = list("?search_term=er&limit=" + total);

    assertThat(total).isGreaterThan(3);
    assertThat(first.path("rooms")).hasSize(2);
    assertThat(first.path("offset").intValue()).isZero();
    assertThat(first.path("next_batch").intValue()).isEqualTo(2);
    assertThat(first.has("prev_batch")).isFalse();
    assertThat(second.path("offset").intValue()).isEqualTo(1);
    assertThat(second.path("prev_batch").intValue()).isZero();
    assertThat(second.path("next_batch").intValue()).isEqualTo(3);
    assertThat(end.has("next_batch")).isFalse();
    assertThat(list("?search_term=er&limit=2&from=7000").path("prev_batch").intValue())
        .isEqualTo(6998);
  }

  @Test
  void pageWithoutRoomsTellsTheTotal() {
    var none = list("?search_term=" + LOBBY + "&limit=0");

    assertThat(none.path("rooms")).isEmpty();
    assertThat(none.path("total_rooms").intValue()).isEqualTo(1);
    assertThat(none.path("next_batch").intValue()).isZero();
    assertThat(list("?from=9223372036854775807&limit=9223372036854775807").path("rooms")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "alphabetical",
        "canonical_alias",
        "creator",
        "encryption",
        "federatable",
        "public",
        "join_rules",
        "guest_access",
        "history_visibility"
      })
  void textsAndFlagsAscendUnlessTurnedRound(String order) {
    var key = order.equals("alphabetical") ? "name" : order;

    assertThat(sorted(order, "f")).isEqualTo(expected(key, false));
    assertThat(sorted(order, "b")).isEqualTo(expected(key, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"joined_members", "size", "joined_local_members", "version", "state_events"})
  void numbersAndVersionsDescendUnlessTurnedRound(String order) {
    var key = order.equals("size") ? "joined_members" : order;

    assertThat(sorted(order, "f")).isEqualTo(expected(key, true));
    assertThat(sorted(order, "b")).isEqualTo(expected(key, false));
  }

  @Test
  void nameIsTheOrderUnlessAnotherIsNamed() {
    assertThat(ids(list("?limit=1000"))).isEqualTo(sorted("name", "f"));
  }

  @ParameterizedTest
  @CsvSource({
    "LOBB, 1",
    "lobby, 1",
    "nal%20anc, 1",
    "DEN-8, 1",
    "%23lobby, 0",
    "lobby:chat.example, 0",
    "chat.example, 0",
    "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c, 1",
    "!0zi3-W4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c, 0",
    "!0zI3-w4JzQLSTzpsm3z4Kow, 0",
    "%25, 0",
    "lob_y, 0"
  })
  void searchIsForPartsOfNameOrLocalAliasOrAWholeId(String term, int found) {
    assertThat(list("?search_term=" + term).path("total_rooms").intValue()).isEqualTo(found);
  }

  @Test
  void lettersBeyondAsciiAreFoundInAnyCase() {
    var room = madeRoom("ÆRØ island");

    assertThat(ids(list("?search_term=%C3%A6r%C3%B8%20isl"))).containsExactly(room.id());
  }

  @Test
  void filtersForTheDirectoryAndEmptyRoomsHoldTogetherWithTheSearch() {
    var word = gateway.newName("filtered");
    var plain = madeRoom(word);
    var listed = madeRoom(word);
    gateway.execute("update homeserver.room set public = true where room_id = ?", listed.id());
    var empty = madeRoom("x").abandoned();

    assertThat(ids(list("?search_term=" + word + "&public_rooms=true")))
        .containsExactly(listed.id());
    assertThat(ids(list("?search_term=" + word + "&public_rooms=false")))
        .containsExactly(plain.id());
    assertThat(ids(list("?search_term=" + word + "&empty_rooms=true"))).isEmpty();
    assertThat(ids(list("?search_term=" + word + "&empty_rooms=false"))).hasSize(2);
    assertThat(ids(list("?search_term=" + empty.id() + "&empty_rooms=true")))
        .containsExactly(empty.id());
    assertThat(ids(list("?search_term=" + empty.id() + "&empty_rooms=false"))).isEmpty();
    assertThat(ids(list("?search_term=" + empty.id() + "&empty_rooms=true&public_rooms=true")))
        .isEmpty();
  }

  @Test
  void roomThatTheLastLocalUserLeftKeepsWhatItsCreationSaid() {
    var room =
        MadeRoom.of(
            gateway.jdbi(),
            gateway.newName("!space") + ":chat.example",
            "10",
            Community.user("ada"),
            "{\"room_version\":\"10\",\"type\":\"m.space\",\"m.federate\":false}");
    room.state("m.room.name", "{\"name\":\"gone\"}").open().abandoned();

    var shown = list("?search_term=" + room.id()).path("rooms").path(0);

    assertThat(shown.path("name").isNull()).isTrue();
    assertThat(shown.path("join_rules").isNull()).isTrue();
    assertThat(shown.path("joined_members").intValue()).isZero();
    assertThat(shown.path("room_type").asText()).isEqualTo("m.space");
    assertThat(shown.path("federatable").booleanValue()).isFalse();
    assertThat(shown.path("creator").asText()).isEqualTo("@ada:chat.example");
    assertThat(shown.path("state_events").intValue()).isEqualTo(4);
  }

  @Test
  void changesShowAtOnce() {
    var room = madeRoom("before");
    assertThat(list("?search_term=" + room.id()).at("/rooms/0/name").asText()).isEqualTo("before");

    room.state("m.room.name", "{\"name\":\"after\"}").member(Community.user("bela"), "join");

    var shown = list("?search_term=" + room.id()).path("rooms").path(0);
    assertThat(shown.path("name").asText()).isEqualTo("after");
    assertThat(shown.path("joined_members").intValue()).isEqualTo(2);
  }

  @Test
  void namesThatAreNoTextCountAsNone() {
    var room = madeRoom("x");

    for (var name : List.of("5", "{}", "null", "\"\\u0000\"", "\"\\ud800\"")) {
      room.state("m.room.name", "{\"name\":" + name + "}");
      assertThat(list("?search_term=" + room.id()).at("/rooms/0/name").isNull()).as(name).isTrue();
    }
  }

  @Test
  void nameIsToldWholeHoweverLongItIs() {
    var name = RandomText.ofLength(30_000);
    var room = madeRoom(name);

    assertThat(list("?search_term=" + room.id()).at("/rooms/0/name").asText()).isEqualTo(name);
    assertThat(ids(list("?limit=1000"))).contains(room.id());
    assertThat(gateway.admin().get("/_synapse/admin/v1/event_reports").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "from=-1, 400 M_INVALID_PARAM",
    "from=x, 400 M_INVALID_PARAM",
    "limit=, 400 M_INVALID_PARAM",
    "limit=1.5, 400 M_INVALID_PARAM",
    "order_by=, 400 M_INVALID_PARAM",
    "order_by=Name, 400 M_INVALID_PARAM",
    "order_by=topic, 400 M_INVALID_PARAM",
    "order_by=%C3%A6, 400 M_UNKNOWN",
    "search_term=, 400 M_INVALID_PARAM",
    "search_term=%ff, 400 M_UNKNOWN",
    "public_rooms=True, 400 M_INVALID_PARAM",
    "empty_rooms=, 400 M_INVALID_PARAM",
    "dir=F, 400 M_INVALID_PARAM",
    "dir=, 400 M_INVALID_PARAM"
  })
  void parameterThatIsWrongIsRefused(String query, String outcome) {
    assertThat(gateway.admin().get(ROOMS + "?" + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void errorsComeInTheOrderOfTheParameters() {
    var error = gateway.admin().get(ROOMS + "?dir=x&limit=x&order_by=x&from=-1").json();

    assertThat(error.path("error").asText())
        .isEqualTo("Query parameter from must be a positive integer.");
  }

  private static MadeRoom madeRoom(String name) {
    return gateway
        .newRoom(Community.user("ada"))
        .state("m.room.name", "{\"name\":\"" + name + "\"}");
  }

  private static JsonNode list(String query) {
    var reply = gateway.admin().get(ROOMS + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> ids(JsonNode list) {
    return list.path("rooms").findValuesAsText("room_id");
  }

  private static List<String> sorted(String order, String direction) {
    return ids(list("?limit=1000&order_by=" + order + "&dir=" + direction));
  }

  /** Sorted by the column, then by room id in the same direction; null is above everything. */
  private static List<String> expected(String key, boolean descending) {
    var rooms = new ArrayList<JsonNode>();
    list("?limit=1000").path("rooms").forEach(rooms::add);
    Comparator<JsonNode> order =
        Comparator.comparing((JsonNode room) -> room.path(key).isNull())
            .thenComparing(room -> room.path(key).longValue())
            .thenComparing(room -> room.path(key).booleanValue())
            .thenComparing(room -> String.valueOf(room.path(key).textValue()))
            .thenComparing(room -> room.path("room_id").asText());
    rooms.sort(descending ? order.reversed() : order);
    return rooms.stream().map(room -> room.path("room_id").asText()).toList();
  }
}
