package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Section("5.7")
class RoomStateIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";

  @Test
  void wholeStateIsThereOnce() {
    var events = state(LOBBY, "").path("state");

    assertThat(events).hasSize(63);
    assertThat(events.findValuesAsText("event_id")).doesNotHaveDuplicates();
  }

  @Test
  void eventHasTheOldestFormThatClientsKnow() {
    var room = gateway.newRoom(Community.user("ada"));
    room.state("m.room.topic", "{\"topic\":\"new\"}");
    var event = state(room.id(), "?type=m.room.topic").path("state").path(0);

    assertThat(event.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "type",
            "room_id",
            "sender",
            "event_id",
            "origin_server_ts",
            "content",
            "state_key",
            "unsigned",
            "user_id",
            "age");
    assertThat(event.path("user_id").asText()).isEqualTo("@ada:chat.example");
    assertThat(event.path("age").longValue())
        .isPositive()
        .isEqualTo(event.path("unsigned").path("age").longValue());
    assertThat(event.path("content").toString()).isEqualTo("{\"topic\":\"new\"}");
  }

  @Test
  void replacedStateIsNamedAndNotShown() {
    var room = gateway.newRoom(Community.user("ada"));
    var topic =
        room.event(
            "m.room.topic",
            Community.user("ada"),
            "",
            "{\"topic\":\"new\"}",
            "{\"unsigned\":{\"replaces_state\":\"$old\",\"age_ts\":5},\"hashes\":{},\"auth_events\":[]}");
    gateway.rooms().current(room.id(), "m.room.topic", "", topic);

    var event = state(room.id(), "?type=m.room.topic").path("state").path(0);

    assertThat(event.path("replaces_state").asText()).isEqualTo("$old");
    assertThat(event.path("unsigned").path("replaces_state").asText()).isEqualTo("$old");
    assertThat(event.has("prev_content")).isFalse();
    assertThat(event.path("unsigned").has("age_ts")).isFalse();
    assertThat(event.has("hashes")).isFalse();
    assertThat(event.has("auth_events")).isFalse();
  }

  @Test
  void strippedStateForTheInvitedIsNotShown() {
    var room = gateway.newRoom(Community.user("ada"));
    var invite =
        room.event(
            "m.room.member",
            Community.user("ada"),
            "@new:chat.example",
            "{\"membership\":\"invite\"}",
            "{\"unsigned\":{\"invite_room_state\":[{\"type\":\"m.room.name\"}]}}");
    gateway.rooms().current(room.id(), "m.room.member", "@new:chat.example", invite);

    assertThat(state(room.id(), "").toString())
        .contains(invite)
        .doesNotContain("invite_room_state");
  }

  @Test
  void redactedStateShowsWhatIsLeftAndWhy() {
    var room = gateway.newRoom(Community.user("ada"));
    room.state("m.room.topic", "{\"topic\":\"bad\"}");
    var topic =
        state(room.id(), "?type=m.room.topic").path("state").path(0).path("event_id").asText();
    var redaction =
        room.event(
            "m.room.redaction",
            Community.user("ada"),
            null,
            "{\"reason\":\"spam\"}",
            "{\"redacts\":\"" + topic + "\"}");
    gateway.rooms().redaction(redaction, topic);

    var event = state(room.id(), "?type=m.room.topic").path("state").path(0);

    assertThat(event.path("content")).isEmpty();
    assertThat(event.path("unsigned").path("redacted_by").asText()).isEqualTo(redaction);
    assertThat(event.path("redacted_because").path("redacts").asText()).isEqualTo(topic);
    assertThat(event.path("redacted_because"))
        .isEqualTo(event.path("unsigned").path("redacted_because"));
  }

  @Test
  void typeIsOneTypeWithEveryKey() {
    var members = state(LOBBY, "?type=m.room.member").path("state");

    assertThat(members.findValuesAsText("state_key")).hasSizeGreaterThan(50).isSorted();
    assertThat(members).allMatch(event -> event.path("type").asText().equals("m.room.member"));
    assertThat(state(LOBBY, "?type=").path("state")).hasSize(63);
    assertThat(state(LOBBY, "?type=m.room.nothing").path("state")).isEmpty();
  }

  @Test
  void roomMustBeKnownAndTypeAscii() {
    assertThat(gateway.admin().get(path("!unknown:chat.example")).outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(path("nonsense") + "?type=%C3%A6").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(path(LOBBY) + "?type=%C3%A6").outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void whatOtherServersWroteComesBackToTheLetter() {
    var room = gateway.newRoom(Community.user("ada"));
    room.state("m.room.topic", "{\"topic\":\"\\u0000 \\ud800 \\ud83c\\udf89 1\"}");

    var body = gateway.admin().get(path(room.id()) + "?type=m.room.topic").body();

    assertThat(body).contains("\\u0000 \\uD800 \\uD83C\\uDF89 1");
  }

  private static JsonNode state(String room, String query) {
    var reply = gateway.admin().get(path(room) + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    return reply.json();
  }

  private static String path(String room) {
    return "/_synapse/admin/v1/rooms/" + room + "/state";
  }
}
