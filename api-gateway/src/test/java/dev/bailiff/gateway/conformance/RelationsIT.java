package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Relations of later events to earlier ones, which are shown with the earlier events. */
@Section({"5.8", "5.42"})
class RelationsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");
  private static final String BELA = Community.user("bela");

  private MadeRoom room;
  private String message;

  @BeforeEach
  void newMessage() {
    room = gateway.newRoom(ADA).member(BELA, "join");
    message = room.message("{\"body\":\"first\"}");
  }

  @Test
  void threadIsToldWithItsLastEventAndItsLength() {
    relating(BELA, "m.thread", message, "one");
    var last = relating(ADA, "m.thread", message, "two");

    var thread = relations(message).path("m.thread");

    assertThat(thread.path("count").intValue()).isEqualTo(2);
    assertThat(thread.path("current_user_participated").booleanValue()).isFalse();
    assertThat(thread.at("/latest_event/event_id").asText()).isEqualTo(last);
    assertThat(thread.at("/latest_event/content/body").asText()).isEqualTo("two");
    assertThat(thread.at("/latest_event/user_id").asText()).isEqualTo(ADA);
    assertThat(thread.at("/latest_event/unsigned/age").isIntegralNumber()).isTrue();
  }

  @Test
  void readerIsToldOfHavingWrittenIntoAThreadOrBegunIt() {
    var own = room.event("m.room.message", Community.user("admin"), null, "{}", null);
    relating(BELA, "m.thread", own, "reply");
    relating(Community.user("admin"), "m.thread", message, "reply");

    assertThat(relations(own).at("/m.thread/current_user_participated").booleanValue()).isTrue();
    assertThat(relations(message).at("/m.thread/current_user_participated").booleanValue())
        .isTrue();
  }

  @Test
  void threadOfTheCommunityIsCounted() {
    var root =
        gateway.value(
            "select min(relates_to) from homeserver.event where rel_type = 'm.thread' and not"
                + " rejected");
    var replies =
        gateway.value(
            """
            select count(*) from homeserver.event e
             where relates_to = ? and not exists (select from homeserver.redaction r where r.redacts = e.event_id)
            """,
            root);
    var home = gateway.value("select room_id from homeserver.event where event_id = ?", root);

    var event =
        gateway
            .admin()
            .get("/_synapse/admin/v1/rooms/" + home + "/context/" + root + "?limit=0")
            .json()
            .path("event");

    assertThat(event.at("/unsigned/m.relations/m.thread/count").asText()).isEqualTo(replies);
  }

  @Test
  void lastEditOfTheSenderCounts() {
    relating(ADA, "m.replace", message, "second");
    var last = relating(ADA, "m.replace", message, "third");
    relating(BELA, "m.replace", message, "of another one");
    room.event(
        "org.example.other", ADA, null, related("m.replace", message, "of another type"), null);

    var edit = relations(message).path("m.replace");

    assertThat(edit.path("event_id").asText()).isEqualTo(last);
    assertThat(edit.at("/content/body").asText()).isEqualTo("third");
    assertThat(edit.path("sender").asText()).isEqualTo(ADA);
  }

  @Test
  void lastEventOfAThreadIsToldWithItsEdit() {
    var reply = relating(BELA, "m.thread", message, "typo");
    var edit = relating(BELA, "m.replace", reply, "corrected");

    assertThat(
            relations(message)
                .at("/m.thread/latest_event/unsigned/m.relations/m.replace/event_id")
                .asText())
        .isEqualTo(edit);
  }

  @Test
  void referencesAreToldByIdInTheirOrder() {
    var one = relating(BELA, "m.reference", message, "one");
    var two = relating(ADA, "m.reference", message, "two");

    assertThat(relations(message).toString())
        .isEqualTo(
            """
            {"m.reference":{"chunk":[{"event_id":"%s"},{"event_id":"%s"}]}}\
            """
                .formatted(one, two));
  }

  @Test
  void whatIsRedactedSaysNothingAnyMore() {
    redact(relating(ADA, "m.replace", message, "edit"));
    redact(relating(ADA, "m.reference", message, "reference"));
    redact(relating(ADA, "m.thread", message, "reply"));

    assertThat(relations(message).isMissingNode()).isTrue();
  }

  @Test
  void redactedEventKeepsItsThreadAndNotItsEdit() {
    relating(ADA, "m.replace", message, "edit");
    relating(BELA, "m.thread", message, "reply");
    redact(message);

    assertThat(relations(message).fieldNames()).toIterable().containsExactly("m.thread");
  }

  @Test
  void stateEditsAndReactionsAreToldAlone() {
    var topic = room.event("m.room.topic", ADA, "", "{\"topic\":\"x\"}", null);
    var edit = relating(ADA, "m.replace", message, "edit");
    var reaction = relating(ADA, "m.annotation", message, "+1");
    for (var event : new String[] {topic, edit, reaction}) {
      relating(BELA, "m.reference", event, "see there");
    }

    for (var event : new String[] {topic, edit, reaction}) {
      assertThat(relations(event).isMissingNode()).as(event).isTrue();
    }
    assertThat(relations(message).fieldNames()).toIterable().containsExactly("m.replace");
  }

  @Test
  void eventsOfOtherRoomsSayNothing() {
    gateway
        .newRoom(ADA)
        .event("m.room.message", ADA, null, related("m.reference", message, "x"), null);

    assertThat(relations(message).isMissingNode()).isTrue();
  }

  @Test
  void eventsAroundOneAreToldWithTheirRelationsToo() {
    var middle = room.message("{\"body\":\"middle\"}");
    var after = room.message("{\"body\":\"after\"}");
    relating(BELA, "m.reference", message, "x");
    relating(BELA, "m.reference", middle, "x");
    relating(BELA, "m.reference", after, "x");

    var context =
        gateway
            .admin()
            .get("/_synapse/admin/v1/rooms/" + room.id() + "/context/" + middle + "?limit=2")
            .json();

    for (var place : new String[] {"/events_before/0", "/event", "/events_after/0"}) {
      assertThat(context.at(place + "/unsigned/m.relations/m.reference/chunk")).hasSize(1);
    }
  }

  @Test
  @Section("5.8")
  void formOfServersHasThemAsWell() {
    var edit = relating(ADA, "m.replace", message, "edit");

    var told = found(message, "&filter=%7B%22event_format%22:%22federation%22%7D");

    assertThat(told.at("/unsigned/m.relations/m.replace/event_id").asText()).isEqualTo(edit);
    assertThat(told.at("/unsigned/m.relations/m.replace/depth").isIntegralNumber()).isTrue();
  }

  private String relating(String sender, String type, String target, String body) {
    return room.event("m.room.message", sender, null, related(type, target, body), null);
  }

  private static String related(String type, String target, String body) {
    return """
    {"body":"%s","m.relates_to":{"rel_type":"%s","event_id":"%s"}}\
    """
        .formatted(body, type, target);
  }

  private void redact(String event) {
    var redaction =
        room.event("m.room.redaction", ADA, null, "{}", "{\"redacts\":\"" + event + "\"}");
    gateway.rooms().redaction(redaction, event);
  }

  private JsonNode relations(String event) {
    return found(event, "").at("/unsigned/m.relations");
  }

  private JsonNode found(String event, String query) {
    return gateway
        .admin()
        .get("/_synapse/admin/v1/rooms/" + room.id() + "/messages?limit=100" + query)
        .json()
        .path("chunk")
        .valueStream()
        .filter(one -> one.path("event_id").asText().equals(event))
        .findFirst()
        .orElseThrow();
  }
}
