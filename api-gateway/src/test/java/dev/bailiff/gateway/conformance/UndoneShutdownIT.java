package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The way back from a shutdown, as {@code docs/operations.md} describes it. Other tests check how
 * rooms are shut down; here the rooms start as a shutdown leaves them.
 */
@Section("4.40")
class UndoneShutdownIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");
  private static final String BELA = Community.user("bela");

  @Test
  void unblockingLetsUsersInAgainAndBringsNothingElseBack() {
    var old = gateway.newRoom(ADA).open().member(BELA, "leave");
    var message = old.message("{\"body\":\"kept\"}");
    var replacement = gateway.newRoom(Community.user("admin")).open().member(BELA, "join");
    var alias = "#" + gateway.newName("moved") + ":chat.example";
    gateway.rooms().alias(alias, replacement.id());
    block(old, true);
    assertThat(join(old).outcome()).isEqualTo("403 M_UNKNOWN");

    assertThat(block(old, false).body()).isEqualTo("{\"block\":false}");

    assertThat(join(old).status()).isEqualTo(200);
    assertThat(gateway.value("select room_id from homeserver.room_alias where alias = ?", alias))
        .isEqualTo(replacement.id());
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v1/rooms/" + replacement.id() + "/members")
                .json()
                .path("members")
                .toString())
        .contains(BELA);
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v1/rooms/" + old.id() + "/messages?dir=b&limit=3")
                .body())
        .contains(message);
  }

  @Test
  void rowOfTheBlockCanBeDeletedByHandAndThatHoldsAtOnce() {
    var old = gateway.newRoom(ADA).open();
    block(old, true);

    assertThat(gateway.execute("delete from homeserver.blocked_room where room_id = ?", old.id()))
        .isEqualTo(1);

    assertThat(gateway.admin().get("/_synapse/admin/v1/rooms/" + old.id() + "/block").body())
        .isEqualTo("{\"block\":false}");
    assertThat(join(old).status()).isEqualTo(200);
  }

  @Test
  void roomThatNobodyLocalIsLeftInStaysClosedAndCanStillBeRead() {
    var old = gateway.newRoom(ADA).open();
    var message = old.message("{\"body\":\"kept\"}");
    old.abandoned();
    block(old, true);

    block(old, false);

    assertThat(join(old).outcome()).isEqualTo("404 M_UNKNOWN");
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v1/rooms/" + old.id() + "/messages?dir=b&limit=3")
                .body())
        .contains(message);
  }

  private static Reply block(MadeRoom room, boolean block) {
    return gateway
        .admin()
        .put("/_synapse/admin/v1/rooms/" + room.id() + "/block", "{\"block\": " + block + "}");
  }

  private static Reply join(MadeRoom room) {
    return gateway
        .admin()
        .post("/_synapse/admin/v1/join/" + room.id(), "{\"user_id\": \"" + BELA + "\"}");
  }
}
