package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.Community;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The light calls on the data of a real homeserver. */
class CommunityIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.on(CommunityIT::load);

  private static Client admin;

  private static void load(Jdbi jdbi) {
    try {
      Community.importInto(jdbi, Files.createTempDirectory(Path.of("target"), "media"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void logIn() {
    var login =
        gateway
            .nobody()
            .post(
                "/_matrix/client/v3/login",
                """
                {"type": "m.login.password", "password": "adminpw", "identifier": {"type": "m.id.user", "user": "admin"}}
                """);
    admin = new Client(gateway.port(), login.json().path("access_token").asText());
  }

  @Test
  void allUsersAreListedPageByPage() {
    var names = new ArrayList<String>();
    var next = "0";
    while (!next.isEmpty()) {
      var page =
          admin
              .get("/_synapse/admin/v2/users?deactivated=true&locked=true&limit=20&from=" + next)
              .json();
      assertThat(page.path("total").intValue()).isEqualTo(71);
      names.addAll(page.path("users").findValuesAsText("name"));
      next = page.path("next_token").asText();
    }

    assertThat(names)
        .hasSize(71)
        .isSorted()
        .contains("@admin:chat.example", "@crypto-gain-01:chat.example");
  }

  @Test
  void spamWaveIsFound() {
    var found = admin.get("/_synapse/admin/v2/users?user_id=CRYPTO-gain").json();

    assertThat(found.path("total").intValue()).isEqualTo(24);
  }

  @Test
  void roomsOfAUserKnowTheUser() {
    var rooms =
        admin.get("/_synapse/admin/v1/users/@crypto-gain-01:chat.example/joined_rooms").json();

    assertThat(rooms.path("total").intValue())
        .isPositive()
        .isEqualTo(rooms.path("joined_rooms").size());
    for (var room : rooms.path("joined_rooms")) {
      var members = admin.get("/_synapse/admin/v1/rooms/" + room.asText() + "/members").json();
      var details = admin.get("/_synapse/admin/v1/rooms/" + room.asText()).json();
      assertThat(members.path("members").toString()).contains("@crypto-gain-01:chat.example");
      assertThat(details.path("joined_members")).isEqualTo(members.path("total"));
    }
  }

  @Test
  void passwordsOfTheSnapshotWork() {
    var login =
        "{\"type\": \"m.login.password\", \"user\": \"crypto-gain-01\", \"password\": \"%s\"}";

    assertThat(
            gateway
                .nobody()
                .post("/_matrix/client/v3/login", login.formatted("pw-crypto-gain-01"))
                .outcome())
        .isEqualTo("200");
    assertThat(
            gateway.nobody().post("/_matrix/client/v3/login", login.formatted("wrong")).outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }
}
