package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section({"5.42", "5.43", "5.44", "5.46"})
class EventsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");
  private static final String ROOMS = "/_synapse/admin/v1/rooms/";
  private static final String FETCH = "/_synapse/admin/v1/fetch_event/";

  @Test
  @Section("5.42")
  void contextIsSharedOutBeforeAndAfter() {
    var room = gateway.newRoom(ADA);
    var messages =
        IntStream.range(0, 9).mapToObj(i -> room.message("{\"body\":\"m" + i + "\"}")).toList();

    var context = context(room, messages.get(4), "?limit=5");

    assertThat(context.at("/event/event_id").asText()).isEqualTo(messages.get(4));
    assertThat(context.path("events_before").findValuesAsText("event_id"))
        .containsExactly(messages.get(3), messages.get(2));
    assertThat(context.path("events_after").findValuesAsText("event_id"))
        .containsExactly(messages.get(5), messages.get(6), messages.get(7));
    assertThat(context.path("state")).hasSize(4);
    assertThat(more(room, "b", context.path("start"))).isEqualTo(messages.get(1));
    assertThat(more(room, "f", context.path("end"))).isEqualTo(messages.get(8));
  }

  @Test
  @Section("5.42")
  void contextOfZeroIsTheEventAndTheState() {
    var room = gateway.newRoom(ADA);
    var message = room.message("{}");

    var context = context(room, message, "?limit=0");

    assertThat(context.path("events_before")).isEmpty();
    assertThat(context.path("events_after")).isEmpty();
    assertThat(context.path("state")).hasSize(4);
    assertThat(context(room, message, "").path("events_before")).hasSize(4);
    assertThat(context(room, message, "?limit=1").path("events_before")).isEmpty();
  }

  @Test
  @Section("5.42")
  void filterHoldsForWhatIsAroundTheEvent() {
    var room = gateway.newRoom(ADA);
    var message = room.message("{}");
    room.message("{}");

    var context = context(room, message, "?filter=%7B%22types%22:%5B%22m.room.create%22%5D%7D");
    var lazy = context(room, message, "?filter=%7B%22lazy_load_members%22:true%7D");

    assertThat(context.path("events_before")).hasSize(1);
    assertThat(context.path("events_after")).isEmpty();
    assertThat(context.at("/event/event_id").asText()).isEqualTo(message);
    assertThat(lazy.path("state").findValuesAsText("state_key"))
        .containsExactlyInAnyOrder("", "", "", ADA);
  }

  @Test
  @Section("5.42")
  void eventsOfTheSameDepthAreNotBeforeTheEvent() {
    var room = gateway.newRoom(ADA);
    var first = room.message("{}");
    var second = room.message("{}");
    gateway.execute(
        """
        update homeserver.event e set depth = (select depth from homeserver.event where event_id = ?)
        where e.event_id = ?
        """,
        first,
        second);

    assertThat(context(room, second, "").path("events_before").findValuesAsText("event_id"))
        .hasSize(4)
        .doesNotContain(first);
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=x, 400 M_INVALID_PARAM",
    "?limit=-1, 400 M_INVALID_PARAM",
    "?filter=%7B, 400 M_NOT_JSON",
    "?filter=5, 400 M_BAD_JSON",
    "'', 404 M_NOT_FOUND"
  })
  @Section("5.42")
  void contextOfAnUnknownEventIsRefusedAfterItsParameters(String query, String outcome) {
    assertThat(gateway.admin().get(ROOMS + "!any:chat.example/context/$unknown" + query).outcome())
        .isEqualTo(outcome);
  }

  @Test
  @Section("5.42")
  void eventOfAnotherRoomIsNotFoundWithAnotherCode() {
    var message = gateway.newRoom(ADA).message("{}");

    assertThat(gateway.admin().get(ROOMS + "!any:chat.example/context/" + message).outcome())
        .isEqualTo("404 M_UNKNOWN");
  }

  @Test
  @Section("5.43")
  void eventIsFetchedAsItIsStoredThoughRedactedAndDetached() {
    var room = gateway.newRoom(ADA);
    var message =
        room.event(
            "m.room.message", ADA, null, "{\"body\":\"bad\"}", "{\"hashes\":{\"sha256\":\"x\"}}");
    var redaction =
        room.event("m.room.redaction", ADA, null, "{}", "{\"redacts\":\"" + message + "\"}");
    gateway.rooms().redaction(redaction, message);
    gateway.execute("update homeserver.event set outlier = true where event_id = ?", message);

    var event = gateway.admin().get(FETCH + message).json().path("event");

    assertThat(event.path("event_id").asText()).isEqualTo(message);
    assertThat(event.at("/content/body").asText()).isEqualTo("bad");
    assertThat(event.at("/hashes/sha256").asText()).isEqualTo("x");
    assertThat(event.path("depth").isInt()).isTrue();
    assertThat(event.at("/unsigned/age").longValue()).isPositive();
    assertThat(event.has("user_id")).isFalse();
  }

  @Test
  @Section("5.43")
  void fetchedInviteHasWhatWasMeantForTheInvited() {
    var room = gateway.newRoom(ADA);
    var invite =
        room.event(
            "m.room.member",
            ADA,
            Community.user("bela"),
            "{\"membership\":\"invite\"}",
            "{\"unsigned\":{\"invite_room_state\":[]}}");

    assertThat(gateway.admin().get(FETCH + invite).json().at("/event/unsigned").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("invite_room_state", "age");
    assertThat(context(room, invite, "").at("/event/unsigned").has("invite_room_state")).isFalse();
  }

  @Test
  @Section("5.43")
  void eventThatIsUnknownOrRejectedIsNotFetched() {
    var rejected = gateway.newRoom(ADA).message("{}");
    gateway.execute("update homeserver.event set rejected = true where event_id = ?", rejected);

    for (var id : List.of("$unknown", "", rejected)) {
      assertThat(gateway.admin().get(FETCH + id).outcome()).as(id).isEqualTo("404 M_NOT_FOUND");
    }
  }

  @Test
  @Section("5.44")
  void closestEventIsFoundInEitherDirection() {
    var room = gateway.newRoom(ADA);
    var first = room.message("{}");
    var second = room.message("{}");
    long at = room.timeOf(first);

    assertThat(byTime(room, "?ts=" + at))
        .isEqualTo("{\"event_id\":\"%s\",\"origin_server_ts\":%d}".formatted(first, at));
    assertThat(byTime(room, "?ts=" + (at + 1))).contains(second);
    assertThat(byTime(room, "?dir=f&ts=" + (at - 999))).contains(first);
    assertThat(byTime(room, "?dir=b&ts=" + (at + 999))).contains(first);
    assertThat(byTime(room, "?dir=b&ts=9223372036854775807")).contains(second);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400 M_MISSING_PARAM",
    "?ts=, 400 M_INVALID_PARAM",
    "?ts=-1, 400 M_INVALID_PARAM",
    "?ts=x, 400 M_INVALID_PARAM",
    "?ts=5&dir=x, 400 M_INVALID_PARAM",
    "?ts=5, 404 M_NOT_FOUND"
  })
  @Section("5.44")
  void timeMustBeGivenAndARoomKnown(String query, String outcome) {
    assertThat(
            gateway
                .admin()
                .get(ROOMS + "!unknown:chat.example/timestamp_to_event" + query)
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  @Section("5.44")
  void noEventOnThatSideIsNotFound() {
    var room = gateway.newRoom(ADA);

    assertThat(gateway.admin().get(path(room) + "?ts=0&dir=b").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(path(room) + "?ts=9223372036854775807").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section("5.46")
  void newestEventIsTheOnlyExtremity() {
    var room = gateway.newRoom(ADA);
    room.message("{}");
    var newest = room.message("{}");
    var alias = "#" + gateway.newName("extremity") + ":chat.example";
    gateway.rooms().alias(alias, room.id());

    for (var name : List.of(room.id(), alias.replace("#", "%23"))) {
      assertThat(gateway.admin().get(extremities(name)).body())
          .isEqualTo(
              "{\"count\":1,\"results\":[{\"event_id\":\"%s\",\"state_group\":null,\"depth\":6,\"received_ts\":%d}]}"
                  .formatted(newest, room.timeOf(newest)));
      assertThat(gateway.admin().delete(extremities(name), null).body())
          .isEqualTo("{\"deleted\":0}");
    }
  }

  @Test
  @Section("5.46")
  void unknownRoomHasNoExtremities() {
    assertThat(gateway.admin().get(extremities("!unknown:chat.example")).body())
        .isEqualTo("{\"count\":0,\"results\":[]}");
    assertThat(gateway.admin().delete(extremities("!unknown:chat.example"), null).body())
        .isEqualTo("{\"deleted\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "@ada:chat.example", "!a", "%23a"})
  @Section("5.46")
  void whatIsNeitherRoomNorAliasIsRefused(String name) {
    assertThat(gateway.admin().get(extremities(name)).outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(gateway.admin().delete(extremities(name), null).outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%23unknown:chat.example", "%23a:other.example"})
  @Section("5.46")
  void aliasThatLeadsNowhereIsNotFound(String name) {
    assertThat(gateway.admin().get(extremities(name)).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().delete(extremities(name), null).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  private static JsonNode context(MadeRoom room, String event, String query) {
    var reply = gateway.admin().get(ROOMS + room.id() + "/context/" + event + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static String more(MadeRoom room, String dir, JsonNode token) {
    return gateway
        .admin()
        .get(ROOMS + room.id() + "/messages?limit=1&dir=" + dir + "&from=" + token.asText())
        .json()
        .at("/chunk/0/event_id")
        .asText();
  }

  private static String byTime(MadeRoom room, String query) {
    return gateway.admin().get(path(room) + query).body();
  }

  private static String path(MadeRoom room) {
    return ROOMS + room.id() + "/timestamp_to_event";
  }

  private static String extremities(String name) {
    return ROOMS + name + "/forward_extremities";
  }
}
