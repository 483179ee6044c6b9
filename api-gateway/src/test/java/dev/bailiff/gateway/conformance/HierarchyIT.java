package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Section("5.45")
class HierarchyIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");
  private static final String VIA = "{\"via\":[\"chat.example\"]}";

  @Test
  void spaceIsShownDepthFirstWithItsChildren() {
    var tree = Tree.planted();

    var rooms = hierarchy(tree.root, "").path("rooms");

    assertThat(rooms.findValuesAsText("room_id"))
        .containsExactly(tree.root.id(), tree.inner.id(), tree.leaf.id(), tree.last.id());
    assertThat(rooms.path(0).path("children_state")).hasSize(3);
    assertThat(rooms.path(0).at("/children_state/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("type", "state_key", "content", "sender", "origin_server_ts");
    assertThat(rooms.path(2).path("children_state")).isEmpty();
    assertThat(hierarchy(tree.root, "").has("next_batch")).isFalse();
  }

  @Test
  void roomIsShownWithWhatIsSet() {
    var room =
        gateway
            .newRoom(ADA)
            .state("m.room.name", "{\"name\":\"n\"}")
            .state("m.room.history_visibility", "{\"history_visibility\":\"world_readable\"}");

    var shown = hierarchy(room, "").path("rooms").path(0);

    assertThat(shown.toString())
        .isEqualTo(
            "{\"room_id\":\"%s\",\"room_version\":\"10\",\"num_joined_members\":1,\"world_readable\":true,"
                    .formatted(room.id())
                + "\"guest_can_join\":false,\"join_rule\":\"invite\",\"name\":\"n\",\"children_state\":[]}");
  }

  @Test
  void pagesAddUpToTheWhole() {
    var tree = Tree.planted();
    var read = new ArrayList<String>();
    var page = hierarchy(tree.root, "?limit=0");
    assertThat(page.path("rooms")).isEmpty();

    while (page.has("next_batch")) {
      page = hierarchy(tree.root, "?limit=1&from=" + page.path("next_batch").asText());
      read.addAll(page.path("rooms").findValuesAsText("room_id"));
    }

    assertThat(read)
        .containsExactly(tree.root.id(), tree.inner.id(), tree.leaf.id(), tree.last.id());
  }

  @Test
  void depthCanBeBounded() {
    var tree = Tree.planted();

    assertThat(hierarchy(tree.root, "?max_depth=0").path("rooms")).hasSize(1);
    assertThat(hierarchy(tree.root, "?max_depth=1").path("rooms").findValuesAsText("room_id"))
        .containsExactly(tree.root.id(), tree.inner.id(), tree.last.id());
  }

  @Test
  void childrenWithoutServersAndRoomsThatAreNotOursAreLeftOut() {
    var root =
        space()
            .state("m.space.child", "!far:other.example", "{\"via\":[\"other.example\"]}")
            .state("m.space.child", "!removed:chat.example", "{}")
            .state("m.space.child", "!odd:chat.example", "{\"via\":[5]}");

    var rooms = hierarchy(root, "").path("rooms");

    assertThat(rooms).hasSize(1);
    assertThat(rooms.path(0).path("children_state").findValuesAsText("state_key"))
        .containsExactly("!far:other.example");
  }

  @Test
  void spacesThatHoldEachOtherAreShownOnce() {
    var root = space();
    var inner = space().state("m.space.child", root.id(), VIA);
    root.state("m.space.child", inner.id(), VIA);

    assertThat(hierarchy(root, "").path("rooms")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "max_depth=x, 400 M_INVALID_PARAM",
    "max_depth=-1, 400 M_INVALID_PARAM",
    "limit=x, 400 M_INVALID_PARAM",
    "limit=-1, 400 M_INVALID_PARAM",
    "from=nonsense, 400 M_INVALID_PARAM",
    "from=5-0123456789abcdef, 400 M_INVALID_PARAM",
    "limit=5, 404 M_NOT_FOUND"
  })
  void parametersThenTheRoomAreChecked(String query, String outcome) {
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v1/rooms/!unknown:chat.example/hierarchy?" + query)
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  void tokenOfAnotherWalkIsUnknown() {
    var tree = Tree.planted();
    var token = hierarchy(tree.root, "?limit=1").path("next_batch").asText();

    for (var path :
        new String[] {path(tree.inner) + "?from=", path(tree.root) + "?max_depth=1&from="}) {
      assertThat(gateway.admin().get(path + token).outcome()).isEqualTo("400 M_INVALID_PARAM");
    }
  }

  private record Tree(MadeRoom root, MadeRoom inner, MadeRoom leaf, MadeRoom last) {

    /** A space with a nested space that has a leaf, a room that comes last, and an unknown room. */
    static Tree planted() {
      var root = space();
      var inner = space();
      var leaf = gateway.newRoom(ADA);
      var last = gateway.newRoom(ADA);
      inner.state("m.space.child", leaf.id(), VIA);
      root.state("m.space.child", last.id(), VIA)
          .state("m.space.child", inner.id(), "{\"via\":[\"chat.example\"],\"order\":\"a\"}")
          .state("m.space.child", "!unknown:chat.example", VIA);
      return new Tree(root, inner, leaf, last);
    }
  }

  private static MadeRoom space() {
    return MadeRoom.of(
        gateway.jdbi(),
        gateway.newName("!space") + ":chat.example",
        "10",
        ADA,
        "{\"room_version\":\"10\",\"type\":\"m.space\"}");
  }

  private static JsonNode hierarchy(MadeRoom room, String query) {
    var reply = gateway.admin().get(path(room) + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static String path(MadeRoom room) {
    return "/_synapse/admin/v1/rooms/" + room.id() + "/hierarchy";
  }
}
