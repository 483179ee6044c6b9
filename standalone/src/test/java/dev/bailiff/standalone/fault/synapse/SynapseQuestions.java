package dev.bailiff.standalone.fault.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.synapse.SynapseFixture;
import dev.bailiff.testing.synapse.SynapseHttp;
import java.util.ArrayList;
import java.util.List;

/** What the tests ask of Synapse itself, past Bailiff. */
record SynapseQuestions(SynapseFixture fixture) {

  /** The rooms to which a user is joined. */
  List<String> joinedRooms(String user) {
    return texts(
        http().admin(path("/_synapse/admin/v1/users/{}/joined_rooms", user)).ok(), "joined_rooms");
  }

  /** Number of events of this type that a user sent in a room. */
  int events(String room, String sender, String type) {
    return chunk(room, "{\"types\":[\"" + type + "\"],\"senders\":[\"" + sender + "\"]}").size();
  }

  /** Number of redactions that were sent in a room. */
  int redactions(String room) {
    return chunk(room, "{\"types\":[\"m.room.redaction\"]}").size();
  }

  /** Number of times that a user left a room. */
  long departures(String room, String user) {
    return chunk(room, "{\"types\":[\"m.room.member\"],\"senders\":[\"" + user + "\"]}").stream()
        .filter(event -> "leave".equals(event.path("content").path("membership").asText()))
        .count();
  }

  /** Ids of all tasks of this action on a resource, ended ones too. */
  List<String> tasks(String action, String resource) {
    var tasks =
        http()
            .admin(
                path(
                    "/_synapse/admin/v1/scheduled_tasks?action_name={}&resource_id={}",
                    action,
                    resource))
            .ok();
    var ids = new ArrayList<String>();
    tasks.path("scheduled_tasks").forEach(task -> ids.add(task.path("id").asText()));
    return ids;
  }

  /** The media of a user. */
  List<String> media(String user) {
    var list = http().admin(path("/_synapse/admin/v1/users/{}/media", user)).ok();
    var ids = new ArrayList<String>();
    list.path("media").forEach(medium -> ids.add(medium.path("media_id").asText()));
    return ids;
  }

  private List<JsonNode> chunk(String room, String filter) {
    var events = new ArrayList<JsonNode>();
    http()
        .admin(
            path("/_synapse/admin/v1/rooms/{}/messages?dir=f&limit=1000&filter={}", room, filter))
        .ok()
        .path("chunk")
        .forEach(events::add);
    return events;
  }

  private static List<String> texts(JsonNode body, String key) {
    var texts = new ArrayList<String>();
    body.path(key).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private SynapseHttp http() {
    return fixture.http();
  }
}
