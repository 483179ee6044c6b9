package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section("5.8")
class MessagesIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");

  @ParameterizedTest
  @ValueSource(strings = {"f", "b"})
  void historyIsReadToItsEndPageByPage(String dir) {
    var room = roomWithMessages(12);
    var all =
        new ArrayList<>(
            gateway
                .jdbi()
                .withHandle(
                    handle ->
                        handle
                            .select(
                                "select event_id from homeserver.event where room_id = ? order by depth",
                                room.id())
                            .mapTo(String.class)
                            .list()));
    if (dir.equals("b")) {
      Collections.reverse(all);
    }
    var read = new ArrayList<String>();
    var page = messages(room, "?dir=" + dir + "&limit=5");
    while (page.has("end")) {
      read.addAll(page.path("chunk").findValuesAsText("event_id"));
      assertThat(page.path("start").isTextual()).isTrue();
      page = messages(room, "?limit=5&dir=" + dir + "&from=" + page.path("end").asText());
    }

    assertThat(page.path("chunk")).isEmpty();
    assertThat(read).isEqualTo(all);
  }

  @Test
  void tenEventsFromTheOldestAreThereUnlessMoreIsSaid() {
    var room = roomWithMessages(12);

    var page = messages(room, "");

    assertThat(page.path("chunk")).hasSize(10);
    assertThat(page.at("/chunk/0/type").asText()).isEqualTo("m.room.create");
    assertThat(messages(room, "?from=&to=").path("chunk").findValuesAsText("event_id"))
        .isEqualTo(page.path("chunk").findValuesAsText("event_id"));
  }

  @Test
  void lastPageWithEventsStillTellsAnEnd() {
    var room = roomWithMessages(1);

    var page = messages(room, "?limit=1000");

    assertThat(page.has("end")).isTrue();
    assertThat(messages(room, "?from=" + page.path("end").asText()).has("end")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\\u0000b\"", "\"\\ud800\""})
  void stateThatReplacesWhatCannotBeIsShownWithoutIt(String replaced) {
    var room = gateway.newRoom(ADA);
    var event =
        room.event(
            "m.room.topic", ADA, "", "{}", "{\"unsigned\":{\"replaces_state\":" + replaced + "}}");

    assertThat(messages(room, "?dir=b&limit=1").at("/chunk/0/event_id").asText()).isEqualTo(event);
  }

  @Test
  void pageOfZeroIsEmpty() {
    var page = messages(roomWithMessages(3), "?limit=0");

    assertThat(page.path("chunk")).isEmpty();
    assertThat(page.has("end")).isTrue();
  }

  @Test
  void otherEndOfThePageCanBeGiven() {
    var room = roomWithMessages(5);
    var first = messages(room, "?limit=3").path("end").asText();
    var second = messages(room, "?limit=6").path("end").asText();

    assertThat(messages(room, "?limit=100&from=" + first + "&to=" + second).path("chunk"))
        .hasSize(3);
    assertThat(messages(room, "?limit=100&dir=b&from=" + second + "&to=" + first).path("chunk"))
        .hasSize(3);
  }

  @Test
  void tokensOfSynapseAreUnderstood() {
    var room = roomWithMessages(5);
    var arrival =
        gateway.value(
            "select max(stream_ordering) - 2 from homeserver.event where room_id = ?", room.id());

    var here = messages(room, "?limit=3&dir=b&from=s" + arrival + "_1_2_3").path("chunk");

    assertThat(here).hasSize(3);
    assertThat(here.path(0).at("/content/body").asText()).isEqualTo("message 3");
    assertThat(messages(room, "?dir=b&from=END").path("chunk")).hasSize(9);
    assertThat(messages(room, "?from=t3-0_9_8_7").path("chunk").path(0).path("type").asText())
        .isEqualTo("m.room.power_levels");
  }

  @Test
  void replacedStateIsShownWithWhatItWasAndWhoWroteIt() {
    var room = gateway.newRoom(ADA);
    var old = room.event("m.room.topic", ADA, "", "{\"topic\":\"old\"}", null);
    room.event(
        "m.room.topic",
        Community.user("bela"),
        "",
        "{\"topic\":\"new\"}",
        "{\"unsigned\":{\"replaces_state\":\"" + old + "\"}}");

    var topic = messages(room, "?dir=b&limit=1").path("chunk").path(0);

    assertThat(topic.path("prev_content").toString()).isEqualTo("{\"topic\":\"old\"}");
    assertThat(topic.at("/unsigned/prev_content").toString()).isEqualTo("{\"topic\":\"old\"}");
    assertThat(topic.at("/unsigned/prev_sender").asText()).isEqualTo(ADA);
    assertThat(topic.path("replaces_state").asText()).isEqualTo(old);
  }

  @Test
  void redactionsTellTheirTargetInBothPlacesFromVersionElevenOn() {
    var old = gateway.newRoom(ADA);
    var target = old.message("{\"body\":\"x\"}");
    old.event("m.room.redaction", ADA, null, "{}", "{\"redacts\":\"" + target + "\"}");
    var recent =
        MadeRoom.of(
            gateway.jdbi(),
            gateway.newName("!recent") + ":chat.example",
            "11",
            ADA,
            "{\"room_version\":\"11\"}");
    var targetOfRecent = recent.message("{\"body\":\"x\"}");
    recent.event("m.room.redaction", ADA, null, "{\"redacts\":\"" + targetOfRecent + "\"}", null);

    var ofOld = messages(old, "?dir=b&limit=1").path("chunk").path(0);
    var ofRecent = messages(recent, "?dir=b&limit=1").path("chunk").path(0);

    assertThat(ofOld.path("redacts").asText()).isEqualTo(target);
    assertThat(ofRecent.path("redacts").asText()).isEqualTo(targetOfRecent);
    assertThat(ofRecent.at("/content/redacts").asText()).isEqualTo(targetOfRecent);
  }

  @Test
  void detachedAndRejectedEventsAreInNoHistory() {
    var room = roomWithMessages(2);
    gateway.execute(
        "update homeserver.event set outlier = true where room_id = ? and content::text like '%message 1%'",
        room.id());
    gateway.execute(
        "update homeserver.event set rejected = true where room_id = ? and content::text like '%message 2%'",
        room.id());

    assertThat(messages(room, "?limit=100").path("chunk").toString()).doesNotContain("message");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"types\":[\"m.room.message\"]}; 3",
        "{\"types\":[\"m.room.*\"]}; 7",
        "{\"types\":[]}; 0",
        "{\"not_types\":[\"m.room.message\"]}; 4",
        "{\"senders\":[\"@ada:chat.example\"],\"types\":[\"m.room.message\"]}; 3",
        "{\"not_senders\":[\"@ada:chat.example\"]}; 0",
        "{\"not_rooms\":[\"ROOM\"]}; 0",
        "{\"rooms\":[\"ROOM\"]}; 7",
        "{\"contains_url\":true}; 1",
        "{\"contains_url\":false,\"types\":[\"m.room.message\"]}; 2",
        "{}; 7"
      })
  void filterSaysWhichEventsAreWanted(String filter, int found) {
    var room = roomWithMessages(2);
    room.message("{\"body\":\"image\",\"url\":\"mxc://chat.example/abcdefgh\"}");

    var page = messages(room, "?limit=100&filter=" + encoded(filter.replace("ROOM", room.id())));

    assertThat(page.path("chunk")).hasSize(found);
  }

  @Test
  void filterCanAskForTheFormOfServersAndForTheSendersMemberships() {
    var room = gateway.newRoom(ADA);
    room.event(
        "m.room.message", ADA, null, "{}", "{\"hashes\":{\"sha256\":\"x\"},\"auth_events\":[]}");

    var plain =
        messages(room, "?dir=b&limit=1&filter=" + encoded("{\"event_format\":\"federation\"}"))
            .path("chunk")
            .path(0);
    var lazy = messages(room, "?dir=b&limit=1&filter=" + encoded("{\"lazy_load_members\":true}"));

    assertThat(plain.path("depth").isInt()).isTrue();
    assertThat(plain.at("/hashes/sha256").asText()).isEqualTo("x");
    assertThat(plain.has("user_id")).isFalse();
    assertThat(lazy.path("state")).hasSize(1);
    assertThat(lazy.at("/state/0/state_key").asText()).isEqualTo(ADA);
    assertThat(messages(room, "?limit=1").has("state")).isFalse();
  }

  @Test
  void filterOfAnEmptyListLooksAtNothingAndTellsWhereToGoOn() {
    var page = messages(roomWithMessages(1), "?dir=b&filter=" + encoded("{\"senders\":[]}"));

    assertThat(page.path("chunk")).isEmpty();
    assertThat(page.path("end")).isEqualTo(page.path("start"));
  }

  @Test
  void filterThatLetsNothingThroughStillTellsWhereToGoOn() {
    var room = gateway.newRoom(ADA);
    gateway.execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
        select nextval('homeserver.event_stream_ordering'), 100 + n, 1, ?, '$many-' || n || ?, 'm.room.message', ?, '{}'
        from generate_series(1, 12000) n
        """,
        room.id(),
        room.id(),
        ADA);
    var filter = "&limit=5&filter=" + encoded("{\"types\":[\"m.room.topic\"]}");

    var first = messages(room, "?dir=b" + filter);
    var second = messages(room, "?dir=b&from=" + first.path("end").asText() + filter);

    assertThat(first.path("chunk")).isEmpty();
    assertThat(second.path("chunk")).isEmpty();
    assertThat(second.has("end")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!unknown:chat.example", "nonsense", ""})
  void unknownRoomIsAnEmptyHistory(String room) {
    for (var dir : List.of("f", "b")) {
      var reply = gateway.admin().get("/_synapse/admin/v1/rooms/" + room + "/messages?dir=" + dir);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("chunk")).isEmpty();
      assertThat(reply.json().path("start").isTextual()).isTrue();
      assertThat(reply.json().has("end")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dir=x, 400 M_INVALID_PARAM",
    "dir=, 400 M_INVALID_PARAM",
    "limit=-1, 400 M_INVALID_PARAM",
    "limit=x, 400 M_INVALID_PARAM",
    "from=nonsense, 400 M_UNKNOWN",
    "from=t5, 400 M_UNKNOWN",
    "to=5-5, 400 M_UNKNOWN",
    "filter=%7B, 400 M_NOT_JSON",
    "filter=%7B%7D%20x, 400 M_NOT_JSON",
    "filter=5, 400 M_BAD_JSON",
    "filter=, 400 M_NOT_JSON",
    "filter=null, 200",
    "filter=%5B%5D, 200",
    "filter=%7B%22types%22:5%7D, 400 M_BAD_JSON",
    "filter=%ff, 400 M_UNKNOWN",
    "limit=x&from=y, 400 M_UNKNOWN"
  })
  void parameterThatIsWrongIsRefused(String query, String outcome) {
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v1/rooms/!any:chat.example/messages?" + query)
                .outcome())
        .isEqualTo(outcome);
  }

  private static MadeRoom roomWithMessages(int count) {
    var room = gateway.newRoom(ADA);
    for (int i = 1; i <= count; i++) {
      room.message("{\"body\":\"message " + i + "\"}");
    }
    return room;
  }

  private static JsonNode messages(MadeRoom room, String query) {
    var reply = gateway.admin().get("/_synapse/admin/v1/rooms/" + room.id() + "/messages" + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }
}
