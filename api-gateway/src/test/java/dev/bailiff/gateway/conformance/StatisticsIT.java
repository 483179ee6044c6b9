package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Section({"5.39", "5.40"})
class StatisticsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String MEDIA = "/_synapse/admin/v1/statistics/users/media";
  private static final String ROOMS = "/_synapse/admin/v1/statistics/database/rooms";

  private static String group;
  private static String few;
  private static String many;
  private static String none;

  /** Three users whose names have a word in common: with one medium, with three, and without. */
  @BeforeAll
  static void upload() {
    group = gateway.newName("counted");
    few = gateway.newUser(group + "-a");
    many = gateway.newUser(group + "-b");
    none = gateway.newUser(group + "-c");
    gateway.execute("update homeserver.account set displayname = 'Zed' where user_id = ?", few);
    gateway.execute("update homeserver.account set displayname = 'Amy' where user_id = ?", many);
    medium(few, 1_000, 900L);
    medium(many, 2_000, 5L);
    medium(many, 3_000, 5L);
    medium(many, 4_000, null);
  }

  @Test
  @Section("5.39")
  void mediaAreCountedByUser() {
    assertThat(statistics("").toString())
        .isEqualTo(
            "{\"users\":[{\"user_id\":\"%s\",\"displayname\":\"Zed\",\"media_count\":1,\"media_length\":900},"
                    .formatted(few)
                + "{\"user_id\":\"%s\",\"displayname\":\"Amy\",\"media_count\":3,\"media_length\":10}],\"total\":2}"
                    .formatted(many));
    assertThat(statistics("").toString()).doesNotContain(none);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a b",
    "&dir=b, b a",
    "&order_by=displayname, b a",
    "&order_by=displayname&dir=b, a b",
    "&order_by=media_count, a b",
    "&order_by=media_count&dir=b, b a",
    "&order_by=media_length, b a",
    "&order_by=media_length&dir=b, a b"
  })
  @Section("5.39")
  void listIsSortedAsAsked(String query, String order) {
    var expected =
        List.of(order.split(" ")).stream().map(which -> which.equals("a") ? few : many).toList();

    assertThat(users(statistics(query))).isEqualTo(expected);
  }

  @Test
  @Section("5.39")
  void boundsOfTimeAreInclusive() {
    assertThat(statistics("&from_ts=2000&until_ts=3000").at("/users/0/media_count").intValue())
        .isEqualTo(2);
    assertThat(users(statistics("&until_ts=1000"))).containsExactly(few);
    assertThat(users(statistics("&from_ts=4000"))).containsExactly(many);
    assertThat(statistics("&from_ts=4001").toString()).isEqualTo("{\"users\":[],\"total\":0}");
  }

  @Test
  @Section("5.39")
  void searchIsForPartsOfLocalPartOrDisplayNameInThisLetterCase() {
    assertThat(users(get("?search_term=" + group + "-b"))).containsExactly(many);
    assertThat(users(get("?search_term=" + group.toUpperCase(Locale.ROOT)))).isEmpty();
    assertThat(users(get("?limit=1000&search_term=Zed"))).contains(few).doesNotContain(many);
    assertThat(users(get("?search_term=chat.example"))).isEmpty();
    assertThat(users(get("?search_term=%25"))).isEmpty();
  }

  @Test
  @Section("5.39")
  void pagesHaveATokenThatIsANumber() {
    var first = statistics("&limit=1");

    assertThat(users(first)).containsExactly(few);
    assertThat(first.path("total").intValue()).isEqualTo(2);
    assertThat(first.path("next_token").isInt()).isTrue();
    assertThat(first.path("next_token").intValue()).isEqualTo(1);
    assertThat(statistics("&from=1&limit=1").has("next_token")).isFalse();
  }

  @Test
  @Section("5.39")
  void mediaOfTheCommunityAreCounted() {
    var ada = get("?search_term=ada&until_ts=1795368200000").path("users");

    assertThat(ada.path(0).path("media_count").intValue()).isPositive();
    assertThat(ada.path(0).path("media_length").longValue()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "order_by=media, 400 M_INVALID_PARAM",
    "order_by=, 400 M_INVALID_PARAM",
    "from=-1, 400 M_INVALID_PARAM",
    "limit=x, 400 M_INVALID_PARAM",
    "from_ts=-1, 400 M_INVALID_PARAM",
    "until_ts=x, 400 M_INVALID_PARAM",
    "until_ts=-1, 400 M_INVALID_PARAM",
    "until_ts=0, 400 M_INVALID_PARAM",
    "from_ts=5&until_ts=5, 400 M_INVALID_PARAM",
    "search_term=, 400 M_INVALID_PARAM",
    "search_term=%C3%A6, 400 M_UNKNOWN",
    "dir=x, 400 M_INVALID_PARAM"
  })
  @Section("5.39")
  void parameterThatIsWrongIsRefused(String query, String outcome) {
    assertThat(gateway.admin().get(MEDIA + "?" + query).outcome()).isEqualTo(outcome);
  }

  @Test
  @Section("5.40")
  void largestRoomsComeFirst() {
    gateway.execute("analyze homeserver.event");
    gateway.execute("analyze homeserver.membership");

    var rooms = gateway.admin().get(ROOMS).json().path("rooms");

    assertThat(rooms).hasSizeBetween(1, 10);
    assertThat(rooms.findValuesAsText("room_id"))
        .contains("!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c")
        .doesNotHaveDuplicates();
    assertThat(rooms.findValues("estimated_size").stream().map(JsonNode::longValue).toList())
        .isSortedAccordingTo((a, b) -> Long.compare(b, a))
        .allMatch(size -> size > 0);
  }

  private static void medium(String user, long at, Long length) {
    gateway.media().local(gateway.newName("counted-medium"), user, length, at);
  }

  private static JsonNode statistics(String query) {
    return get("?search_term=" + group + query);
  }

  private static JsonNode get(String query) {
    var reply = gateway.admin().get(MEDIA + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> users(JsonNode page) {
    return page.path("users").findValuesAsText("user_id");
  }
}
