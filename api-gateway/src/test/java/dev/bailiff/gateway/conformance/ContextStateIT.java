package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The state that is shown with an event: the state at that time. */
@Section("5.42")
class ContextStateIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");
  private static final String BELA = Community.user("bela");

  private MadeRoom room;

  @BeforeEach
  void newRoom() {
    room = gateway.newRoom(ADA);
  }

  @Test
  void stateIsThatOfTheLastEventThatIsShown() {
    room.state("m.room.topic", "{\"topic\":\"old\"}");
    var message = room.message("{}");
    room.state("m.room.topic", "{\"topic\":\"new\"}");

    assertThat(topic(context(message, "?limit=0"))).isEqualTo("old");
    assertThat(topic(context(message, "?limit=1"))).isEqualTo("new");
  }

  @Test
  void eventThatIsStateIsInItsOwnState() {
    var topic = room.event("m.room.topic", ADA, "", "{\"topic\":\"its own\"}", null);

    assertThat(topic(context(topic, "?limit=0"))).isEqualTo("its own");
  }

  @Test
  void whatWasNotThereYetIsNotTold() {
    var message = room.message("{}");
    room.state("m.room.topic", "{\"topic\":\"later\"}").member(BELA, "join");

    var state = context(message, "?limit=0").path("state");

    assertThat(state).hasSize(4);
    assertThat(state.findValuesAsText("state_key")).doesNotContain(BELA);
  }

  @Test
  void currentStateIsTheStateOfTheNewestEventWhateverElseArrived() {
    room.state("m.room.topic", "{\"topic\":\"current\"}");
    room.event("m.room.topic", BELA, "", "{\"topic\":\"overruled\"}", null);
    var message = room.message("{}");

    assertThat(topic(context(message, ""))).isEqualTo("current");
  }

  @Test
  void refusedEventsAreInNoState() {
    room.state("m.room.topic", "{\"topic\":\"valid\"}");
    for (var flag : new String[] {"rejected", "soft_failed"}) {
      var refused = room.event("m.room.topic", BELA, "", "{\"topic\":\"refused\"}", null);
      gateway.execute(
          "update homeserver.event set " + flag + " = true where event_id = ?", refused);
    }
    var message = room.message("{}");
    room.state("m.room.topic", "{\"topic\":\"later\"}");

    assertThat(topic(context(message, "?limit=0"))).isEqualTo("valid");
  }

  @Test
  void roomThatEverybodyLeftStillHasItsPast() {
    var message = room.message("{}");
    room.abandoned();

    assertThat(context(message, "").path("state")).hasSize(4);
  }

  @Test
  void membersAreThoseOfThenAsWell() {
    room.member(BELA, "join");
    var message = room.event("m.room.message", BELA, null, "{}", null);
    room.member(BELA, "leave");
    var lazy = "&filter=%7B%22lazy_load_members%22:true%7D";

    var then = context(message, "?limit=0" + lazy).path("state");
    var later = context(message, "?limit=2" + lazy).path("state");

    assertThat(then.findValuesAsText("type"))
        .containsExactlyInAnyOrder(
            "m.room.create", "m.room.join_rules", "m.room.member", "m.room.power_levels");
    assertThat(then.findValuesAsText("membership")).containsExactly("join");
    assertThat(later.findValuesAsText("membership")).containsExactly("leave");
    assertThat(
            gateway
                .admin()
                .get(
                    "/_synapse/admin/v1/rooms/"
                        + room.id()
                        + "/messages?limit=1&dir=b&filter=%7B%22lazy_load_members%22:true,%22types%22:%5B%22m.room.message%22%5D%7D")
                .json()
                .at("/state/0/content/membership")
                .asText())
        .isEqualTo("join");
  }

  @Test
  void filterHoldsForTheStateToo() {
    room.state("m.room.topic", "{\"topic\":\"wanted\"}");
    var message = room.message("{}");

    assertThat(
            context(message, "?filter=%7B%22types%22:%5B%22m.room.topic%22%5D%7D")
                .path("state")
                .findValuesAsText("type"))
        .containsExactly("m.room.topic");
  }

  @Test
  void moreStateThanAPageHoldsIsToldWhole() {
    gateway.execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
        select nextval('homeserver.event_stream_ordering'), 100 + n, 1, ?, '$state-' || n || ?, 'org.example.state', ?,
               'key ' || n, '{}'
        from generate_series(1, 2500) n
        """,
        room.id(),
        room.id(),
        ADA);

    assertThat(context("$state-2000" + room.id(), "?limit=0").path("state")).hasSize(2004);
  }

  @Test
  void stateIsToldWithoutWhatItWasBefore() {
    var old = room.event("m.room.topic", ADA, "", "{\"topic\":\"old\"}", null);
    room.event(
        "m.room.topic",
        ADA,
        "",
        "{\"topic\":\"new\"}",
        "{\"unsigned\":{\"replaces_state\":\"" + old + "\"}}");
    var message = room.message("{}");

    var topic = found(context(message, ""));

    assertThat(topic.path("replaces_state").asText()).isEqualTo(old);
    assertThat(topic.has("prev_content")).isFalse();
  }

  private JsonNode context(String event, String query) {
    var reply =
        gateway.admin().get("/_synapse/admin/v1/rooms/" + room.id() + "/context/" + event + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static String topic(JsonNode context) {
    return found(context).at("/content/topic").asText();
  }

  private static JsonNode found(JsonNode context) {
    var topics =
        context
            .path("state")
            .valueStream()
            .filter(event -> event.path("type").asText().equals("m.room.topic"))
            .toList();
    assertThat(topics).hasSize(1);
    return topics.get(0);
  }
}
