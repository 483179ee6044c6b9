package dev.bailiff.testing.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.object;
import static dev.bailiff.testing.synapse.SynapseHttp.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.schemas.filter.FilterException;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Conditions as a real Synapse answers them, each with a target that meets it and one that does
 * not.
 */
@Tag("synapse")
class SynapseSelectionIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String USER = "/_synapse/admin/v2/users/{}";
  private static final String STATE = "/_matrix/client/v3/rooms/{}/state/{}/{}";

  private final SynapseFixture fixture = SynapseFixture.withAppservice();
  private final SynapseHttp http = fixture.http();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void accountsAreFoundByWhatTheListSays() {
    var ann = fixture.newUser("list-ann");
    var ben = fixture.newUser("list-ben");
    set(ann, object().put("displayname", "Free Änd Easy").put("admin", true));
    set(ben, object().put("user_type", "bot").put("locked", true));
    var both = "'user_id': ['" + ann + "', '" + ben + "']";

    assertThat(users(both)).containsExactlyInAnyOrder(ann, ben);
    assertThat(users(both + ", 'displayname': '*änd*'")).containsExactly(ann);
    assertThat(users(both + ", 'admin': true")).containsExactly(ann);
    assertThat(users(both + ", 'user_type': 'bot'")).containsExactly(ben);
    assertThat(users(both + ", 'user_type': ''")).containsExactly(ann);
    assertThat(users(both + ", 'locked': true")).containsExactly(ben);
    assertThat(users(both + ", 'guest': true")).isEmpty();
    assertThat(users(both + ", 'shadow_banned': true")).isEmpty();
    assertThat(users(both + ", 'created_after': '-1h'")).hasSize(2);
    assertThat(users(both + ", 'created_before': '-1h'")).isEmpty();
    assertThat(users(both + ", 'never_seen': true")).hasSize(2);
    assertThat(users("'user_id': '@LIST-*'")).isEmpty();
  }

  @Test
  void accountsAreFoundByWhatACallAboutEachSays() {
    var ann = fixture.newUser("call-ann");
    var ben = fixture.newUser("call-ben");
    var email = object().put("medium", "email").put("address", ann.substring(1, 9) + "@x.example");
    var threepids = object();
    threepids.putArray("threepids").add(email);
    set(ann, threepids);
    http.admin("PUT", path("/_synapse/admin/v1/suspend/{}", ben), object().put("suspend", true))
        .ok();
    var both = "'user_id': ['" + ann + "', '" + ben + "']";

    assertThat(users(both + ", 'has_threepid': true")).containsExactly(ann);
    assertThat(users(both + ", 'has_threepid': false")).containsExactly(ben);
    assertThat(users(both + ", 'suspended': true")).containsExactly(ben);
    assertThat(users(both + ", 'suspended': false")).containsExactly(ann);
    assertThat(users(both + ", 'appservice': true")).isEmpty();
    assertThat(users(both + ", 'ip': '0.0.0.0/0'")).isEmpty();
  }

  /** The admin makes all calls from this machine. */
  @Test
  void addressAndLastSightAreThoseOfConnections() {
    var admin = "'user_id': '" + fixture.admin() + "'";

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(users(admin + ", 'ip': ['127.0.0.0/8', '::1']")).hasSize(1));
    assertThat(users(admin + ", 'ip': '203.0.113.0/24'")).isEmpty();
    assertThat(users(admin + ", 'last_seen_after': '-1h'")).hasSize(1);
    assertThat(users(admin + ", 'last_seen_before': '-1h'")).isEmpty();
    assertThat(users(admin + ", 'never_seen': true")).isEmpty();
  }

  @Test
  void roomsAreFoundByListAndCalls() {
    var ann = fixture.newUser("room-ann");
    var plain = fixture.newRoom(ann);
    var told = fixture.newRoom(ann, fixture.newUser("room-ben"));
    var alias = fixture.newAlias(told, "told");
    state(ann, told, "m.room.name", "", object().put("name", "Free Money"));
    state(ann, told, "m.room.topic", "", object().put("topic", "Coins"));
    state(ann, told, "m.room.canonical_alias", "", object().put("alias", alias));
    state(ann, told, "m.room.encryption", "", object().put("algorithm", "m.megolm.v1.aes-sha2"));
    http.admin("PUT", path("/_synapse/admin/v1/rooms/{}/block", told), object().put("block", true))
        .ok();
    var both = "'room_id': ['" + plain + "', '" + told + "']";

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(rooms(both + ", 'encrypted': true")).containsExactly(told));
    assertThat(rooms(both)).containsExactlyInAnyOrder(plain, told);
    assertThat(rooms(both + ", 'name': 'free *'")).containsExactly(told);
    assertThat(rooms(both + ", 'topic': 'coin?'")).containsExactly(told);
    assertThat(rooms(both + ", 'alias': '#TOLD*'")).containsExactly(told);
    assertThat(rooms(both + ", 'creator': '" + ann + "'")).hasSize(2);
    assertThat(rooms(both + ", 'blocked': true")).containsExactly(told);
    assertThat(rooms(both + ", 'blocked': false")).containsExactly(plain);
    assertThat(rooms(both + ", 'encrypted': false")).containsExactly(plain);
    assertThat(rooms(both + ", 'public': true")).isEmpty();
    assertThat(rooms(both + ", 'local_members_at_most': 1")).containsExactly(plain);
  }

  @Test
  void roomsOfASpaceAreFoundOnAllLevels() {
    var ann = fixture.newUser("space-ann");
    var outer = space(ann);
    var inner = space(ann);
    var leaf = fixture.newRoom(ann);
    var removed = fixture.newRoom(ann);
    child(ann, outer, inner);
    child(ann, inner, leaf);
    child(ann, inner, outer);
    state(ann, outer, "m.space.child", removed, object());

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(rooms("'children_of': '" + outer + "'"))
                    .containsExactlyInAnyOrder(inner, leaf));
    assertThat(rooms("'children_of': '" + leaf + "'")).isEmpty();
    assertThat(rooms("'in_space': '" + outer + "'")).containsExactlyInAnyOrder(outer, inner, leaf);
    assertThat(rooms("'in_space': '" + leaf + "'")).containsExactly(leaf);
    assertThat(rooms("'in_space': '" + inner + "', 'children_of': '" + inner + "'"))
        .containsExactlyInAnyOrder(outer, leaf);
  }

  @Test
  void mediaAreFoundThroughTheirOwners() {
    var ann = fixture.newUser("media-ann");
    var small = fixture.upload(ann, 100);
    var large = fixture.upload(ann, 5_000);
    var kept = fixture.upload(ann, 200);
    http.admin("POST", path("/_synapse/admin/v1/media/protect/{}", kept), object()).ok();
    var hers = "'owner': '" + ann + "'";

    assertThat(media(hers)).containsExactlyInAnyOrder(small, large);
    assertThat(media(hers + ", 'size_more_than': '1kB'")).containsExactly(large);
    assertThat(media(hers + ", 'protected': true")).containsExactly(kept);
    assertThat(media(hers + ", 'type': 'APPLICATION/*'")).hasSize(2);
    assertThat(media(hers + ", 'type': 'image/*'")).isEmpty();
    assertThat(media(hers + ", 'created_after': '-1h'")).hasSize(2);
    assertThat(media(hers + ", 'last_access_before': '-1h'")).isEmpty();
    assertThat(media(hers + ", 'never_accessed': true")).hasSize(2);
    assertThat(media("'owner': '@media-nobody*'")).isEmpty();
  }

  private void set(String user, ObjectNode values) {
    http.admin("PUT", path(USER, user), values).ok();
  }

  private void state(String user, String room, String type, String key, ObjectNode content) {
    http.as(user, "PUT", path(STATE, room, type, key), content).ok();
  }

  private void child(String user, String space, String room) {
    var content = object();
    content.putArray("via").add("synapse.example");
    state(user, space, "m.space.child", room, content);
  }

  private String space(String user) {
    var request = object().put("preset", "public_chat");
    request.putObject("creation_content").put("type", "m.space");
    return http.as(user, "POST", "/_matrix/client/v3/createRoom", request)
        .ok()
        .path("room_id")
        .asText();
  }

  private Set<String> users(String json) {
    return find(TargetType.USER, json);
  }

  private Set<String> rooms(String json) {
    return find(TargetType.ROOM, json);
  }

  private Set<String> media(String json) {
    return find(TargetType.MEDIA, json);
  }

  /** In pages of three. */
  private Set<String> find(TargetType targets, String json) {
    try {
      var filter =
          FilterReader.read(
              targets,
              new ObjectMapper().readTree("{" + json.replace('\'', '"') + "}"),
              Instant.now());
      var found = new TreeSet<String>();
      Cursor next = null;
      do {
        var page = fixture.homeserver().selection().find(filter, next, 3);
        found.addAll(page.ids());
        next = page.next();
      } while (next != null);
      return found;
    } catch (FilterException | JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
