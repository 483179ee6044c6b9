package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.isText;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Element Admin, a page in a browser. The page checks the type of every key that it reads, and
 * shows nothing of an answer with a wrong type.
 */
class ElementAdminFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin/v1";
  private static final List<String> TEXTS_OR_NULL =
      List.of(
          "name",
          "canonical_alias",
          "encryption",
          "join_rules",
          "guest_access",
          "history_visibility",
          "room_type");

  private static Browser page;

  @BeforeAll
  static void logIn() {
    page = new Browser(gateway.port(), gateway.adminToken());
  }

  @Test
  void versionIsAskedWithTheToken() {
    isText(ok(page.get(ADMIN + "/server_version")), "server_version");
  }

  @Test
  void roomsAreCountedByAnEmptyPage() {
    var count = ok(page.get(ADMIN + "/rooms?limit=0"));

    assertThat(count.path("rooms")).isEmpty();
    assertThat(count.path("offset").isInt()).isTrue();
    assertThat(count.path("total_rooms").intValue()).isGreaterThanOrEqualTo(23);
  }

  @Test
  void roomsAreScrolledThroughToTheEnd() {
    var rooms = new ArrayList<JsonNode>();
    var next = "";
    JsonNode list;
    do {
      list = ok(page.get(ADMIN + "/rooms?limit=10" + next + "&order_by=joined_members&dir=f"));
      list.path("rooms").forEach(rooms::add);
      next = "&from=" + list.path("next_batch").asText();
    } while (list.has("next_batch"));

    assertThat(list.path("prev_batch").isInt()).isTrue();
    assertThat(rooms).hasSize(list.path("total_rooms").intValue());
    rooms.forEach(ElementAdminFlowsIT::isRoom);
  }

  @Test
  void roomsAreFiltered() {
    var found =
        ok(
            page.get(
                ADMIN
                    + "/rooms?limit=10&order_by=name&dir=b&search_term=lobby&public_rooms=false&empty_rooms=false"));

    assertThat(found.path("rooms").findValuesAsText("name")).containsExactly("lobby");
  }

  @Test
  void roomIsShownWithItsMembers() {
    var path = ADMIN + "/rooms/!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";
    var room = ok(page.get(path));
    var members = ok(page.get(path + "/members"));

    isRoom(room);
    hasKeys(room, List.of("topic", "avatar"));
    assertThat(room.path("joined_local_devices").isInt()).isTrue();
    assertThat(room.path("forgotten").isBoolean()).isTrue();
    assertThat(members.path("members")).hasSize(members.path("total").intValue());
  }

  private static void isRoom(JsonNode room) {
    List.of("room_id", "version", "creator").forEach(key -> isText(room, key));
    List.of("joined_members", "joined_local_members", "state_events")
        .forEach(key -> assertThat(room.path(key).isInt()).as(key).isTrue());
    List.of("federatable", "public")
        .forEach(key -> assertThat(room.path(key).isBoolean()).as(key).isTrue());
    hasKeys(room, TEXTS_OR_NULL);
    TEXTS_OR_NULL.forEach(
        key -> assertThat(room.path(key).isTextual() || room.path(key).isNull()).as(key).isTrue());
  }
}
